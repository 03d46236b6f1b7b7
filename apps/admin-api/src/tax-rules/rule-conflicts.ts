import { DomainError } from '@paygate/kernel';
import { checkTaxRule, contradictingRules } from '@paygate/tax';
import { refuseFindings } from '../tax-configuration/index.js';
import type { RuleDetails, StoredTaxRule } from './tax-rule.js';

/** All rules travel in one message to the services that calculate. */
export const MOST_RULES = 500;

/** @throws DomainError `validation_failed` when a rule is none, or contradicts itself */
export function refuseWrongRule(rule: RuleDetails): void {
  const consumersOwe = rule.treatment === 'reverse_charge' && rule.buyerType === 'B2C';
  const message = 'Expected B2B for reverse_charge: consumers owe no tax.';
  refuseFindings([...checkTaxRule(rule), ...(consumersOwe ? [{ field: 'buyerType', message }] : [])]);
}

/**
 * Two rules of equal rank that could both decide the same sale, and would decide differently.
 * @throws DomainError `tax_rule_contradiction` naming the other
 */
export function refuseContradiction(stored: readonly StoredTaxRule[], wanted: RuleDetails): void {
  const other = stored.find((rule) => contradictingRules([rule, { ...wanted, id: 'wanted' }]).length > 0);
  if (!other) return;
  const message = `The rule ${other.id} (${other.name}) decides some of the same sales with the same priority, and differently.`;
  const problem = { field: 'priority', code: 'contradiction', message, expected: `not ${other.priority}`, ruleId: other.id };
  throw new DomainError('tax_rule_contradiction', message, [problem]);
}

/** @throws DomainError `tax_configuration_full` */
export function requireRoom(stored: readonly StoredTaxRule[], wanted = 1): void {
  if (stored.length + wanted > MOST_RULES) {
    throw new DomainError('tax_configuration_full', `An organization can have at most ${MOST_RULES} tax rules.`);
  }
}
