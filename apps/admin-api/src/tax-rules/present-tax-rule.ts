import type { TaxRuleResponse } from './dto/tax-rule.response.js';
import { ruleDetailsOf } from './tax-rule.js';
import type { StoredTaxRule } from './tax-rule.js';

export function presentTaxRule(rule: StoredTaxRule): TaxRuleResponse {
  const { id, defaultKey, createdAt, updatedAt } = rule;
  const source = defaultKey === undefined ? 'custom' : 'default';
  return { id, ...ruleDetailsOf(rule), source, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
