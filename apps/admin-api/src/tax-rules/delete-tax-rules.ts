import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { TaxRevisions } from '../tax-configuration/index.js';
import { pathId } from '../validation-rules/index.js';
import { ruleDetailsOf } from './tax-rule.js';
import { TaxRulesRepository } from './tax-rules.repository.js';

/** Without a rule that fits, the built-in decision table decides. */
@Injectable()
export class DeleteTaxRules {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rules: TaxRulesRepository,
  ) {}

  /** @throws DomainError `tax_rule_not_found` */
  async one(scope: TenantScope, id: string): Promise<void> {
    const ruleId = pathId(id, 'tax_rule_not_found');
    await this.changes.run(async (change) => {
      const rule = (await this.rules.all(scope, change.session)).find((one) => one.id === ruleId);
      if (!rule) throw new DomainError('tax_rule_not_found');
      await this.revisions.raise(change, scope);
      await this.rules.remove(scope, rule.id, change.session);
      const resource = { type: 'tax_rule', id: rule.id, name: rule.name };
      await change.record({ action: 'tax_rule.deleted', scope, resource, before: ruleDetailsOf(rule) });
    });
  }

  async all(scope: TenantScope): Promise<void> {
    await this.changes.run(async (change) => {
      const deleted = await this.rules.removeAll(scope, change.session);
      if (deleted === 0) return;
      await this.revisions.raise(change, scope);
      const resource = { type: 'tax_rule', id: scope.organizationId, name: 'all' };
      await change.record({ action: 'tax_rule.all_deleted', scope, resource, before: { rules: deleted }, after: { rules: 0 } });
    });
  }
}
