import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { TaxRevisions } from '../tax-configuration/index.js';
import { pathId } from '../validation-rules/index.js';
import type { UpdateTaxRuleBody } from './dto/update-tax-rule.body.js';
import { refuseContradiction, refuseWrongRule } from './rule-conflicts.js';
import { ruleDetailsOf } from './tax-rule.js';
import type { RuleDetails, StoredTaxRule } from './tax-rule.js';
import { TaxRulesRepository } from './tax-rules.repository.js';

/** Counts from the next sale on; what was sold keeps the rules it was decided by. */
@Injectable()
export class UpdateTaxRule {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rules: TaxRulesRepository,
  ) {}

  /** @throws DomainError `tax_rule_not_found`, `validation_failed`, `tax_rule_contradiction` */
  async execute(scope: TenantScope, id: string, wanted: UpdateTaxRuleBody): Promise<StoredTaxRule> {
    const ruleId = pathId(id, 'tax_rule_not_found');
    return this.changes.run(async (change) => {
      const stored = await this.rules.all(scope, change.session);
      const rule = stored.find((one) => one.id === ruleId);
      if (!rule) throw new DomainError('tax_rule_not_found');
      const [before, after] = [ruleDetailsOf(rule), changed(rule, wanted)];
      refuseWrongRule(after);
      if (isDeepStrictEqual(before, after)) return rule;
      refuseContradiction(
        stored.filter((one) => one !== rule),
        after,
      );
      await this.revisions.raise(change, scope);
      const updated = await this.rules.replace(scope, rule, after, change.session);
      const resource = { type: 'tax_rule', id: rule.id, name: after.name };
      await change.record({ action: 'tax_rule.updated', scope, resource, before, after });
      return updated;
    });
  }
}

/** Absent stays, null is removed. */
function changed(rule: StoredTaxRule, wanted: UpdateTaxRuleBody): RuleDetails {
  const entries = Object.entries(wanted).filter(([, value]) => value !== undefined) as [string, unknown][];
  return ruleDetailsOf({ ...rule, ...Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined])) });
}
