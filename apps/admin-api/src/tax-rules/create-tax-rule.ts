import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { TaxRevisions } from '../tax-configuration/index.js';
import type { CreateTaxRuleBody } from './dto/create-tax-rule.body.js';
import type { TaxRuleResponse } from './dto/tax-rule.response.js';
import { presentTaxRule } from './present-tax-rule.js';
import { refuseContradiction, refuseWrongRule, requireRoom } from './rule-conflicts.js';
import { ruleDetailsOf } from './tax-rule.js';
import type { StoredTaxRule } from './tax-rule.js';
import { TaxRulesRepository } from './tax-rules.repository.js';

@Injectable()
export class CreateTaxRule {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rules: TaxRulesRepository,
  ) {}

  /** @throws DomainError `validation_failed`, `tax_rule_contradiction`, `tax_configuration_full` */
  async execute(
    scope: TenantScope,
    { supplyTypes = ['*'], priority = 0, active = true, ...rest }: CreateTaxRuleBody,
    claim?: IdempotencyClaim,
  ): Promise<TaxRuleResponse> {
    const details = ruleDetailsOf({ ...rest, supplyTypes, priority, active });
    refuseWrongRule(details);
    return this.changes.once(scope, 'tax_rule.create', claim, async (change) => {
      const stored = await this.rules.all(scope, change.session);
      refuseContradiction(stored, details);
      requireRoom(stored);
      await this.revisions.raise(change, scope);
      const [rule] = (await this.rules.insert(scope, [details], change.session)) as [StoredTaxRule];
      const resource = { type: 'tax_rule', id: rule.id, name: rule.name };
      await change.record({ action: 'tax_rule.created', scope, resource, after: details });
      return presentTaxRule(rule);
    });
  }
}
