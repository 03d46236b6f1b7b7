import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import type { RuleDetails, StoredTaxRule } from './tax-rule.js';

/** All rules travel in one message to the services that calculate. */
export const MOST_RULES = 500;

/** @throws DomainError `validation_failed` when a rule contradicts itself */
export function refuseWrongRule(rule: RuleDetails): void {
  const [first, ...others] = problemsOf(rule);
  if (first) throw DomainError.invalid(first, ...others);
}

/**
 * Two rules of equal rank that could both decide the same sale, and would decide differently.
 * @throws DomainError `tax_rule_contradiction` naming the other
 */
export function refuseContradiction(stored: readonly StoredTaxRule[], wanted: RuleDetails): void {
  const other = stored.find((rule) => contradicts(rule, wanted));
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

function problemsOf({ treatment, rateCode, buyerType, effectiveFrom, effectiveTo }: RuleDetails): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (['standard', 'reduced', 'uk_vat'].includes(treatment) && rateCode === undefined) {
    const message = `rateCode is required for ${treatment}.`;
    problems.push({ field: 'rateCode', code: 'required', message, expected: 'the code of a tax rate, e.g. DE_STANDARD' });
  }
  if (treatment === 'reverse_charge' && buyerType === 'B2C') {
    const expected = 'B2B for reverse_charge: consumers owe no tax';
    problems.push({ field: 'buyerType', code: 'buyer_type', message: `buyerType must be ${expected}.`, expected });
  }
  if (effectiveFrom !== undefined && effectiveTo !== undefined && effectiveTo < effectiveFrom) {
    const expected = `a day not before ${effectiveFrom}`;
    problems.push({ field: 'effectiveTo', code: 'day', message: `effectiveTo must be ${expected}.`, expected });
  }
  return problems;
}

function contradicts(a: RuleDetails, b: RuleDetails): boolean {
  return (
    a.active &&
    b.active &&
    a.priority === b.priority &&
    a.sellerCountry === b.sellerCountry &&
    a.buyerCountry === b.buyerCountry &&
    (a.buyerType === undefined || b.buyerType === undefined || a.buyerType === b.buyerType) &&
    sharesSupply(a.supplyTypes, b.supplyTypes) &&
    (a.effectiveFrom ?? '') <= (b.effectiveTo ?? '9999') &&
    (b.effectiveFrom ?? '') <= (a.effectiveTo ?? '9999') &&
    (a.treatment !== b.treatment || a.rateCode !== b.rateCode)
  );
}

function sharesSupply(a: readonly string[], b: readonly string[]): boolean {
  return a.includes('*') || b.includes('*') || a.some((type) => b.includes(type));
}
