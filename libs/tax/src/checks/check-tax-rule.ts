import { isCountryCode } from '../places/countries.js';
import type { TaxRule } from '../tax-rule.js';
import { BUYER_TYPES, RULE_TREATMENTS } from '../treatments.js';
import { Findings, isDay, isRecord, periodsMeet } from './finding.js';
import type { TaxFinding } from './finding.js';

type Unchecked = { readonly [Field in keyof TaxRule]?: unknown };

const NEEDS_RATE: ReadonlySet<unknown> = new Set(['standard', 'reduced', 'uk_vat']);
/** More than there are sources cannot agree. */
const MOST_EVIDENCE = 5;

/** @returns what is wrong with a rule, nothing when it can be stored. The id is not looked at. */
export function checkTaxRule(rule: Omit<TaxRule, 'id'>): TaxFinding[] {
  if (!isRecord(rule)) return [{ field: '', message: 'Expected an object.' }];
  const findings = new Findings();
  const { name, sellerCountry, buyerCountry, buyerType, supplyTypes, treatment, rateCode, active }: Unchecked = rule;
  findings.expect(typeof name === 'string' && name.trim() !== '' && name.length <= 200, 'name', 'a name of at most 200 characters');
  findings.expect(isCountryCode(sellerCountry), 'sellerCountry', 'an ISO 3166-1 alpha-2 code');
  const isBuyer = buyerCountry === 'EU' || buyerCountry === '*' || isCountryCode(buyerCountry);
  findings.expect(isBuyer, 'buyerCountry', 'an ISO 3166-1 alpha-2 code, EU for any other Member State, or * for anywhere');
  findings.expect(
    buyerType === undefined || (BUYER_TYPES as readonly unknown[]).includes(buyerType),
    'buyerType',
    BUYER_TYPES.join(' or '),
  );
  const areTypes =
    Array.isArray(supplyTypes) && supplyTypes.length > 0 && supplyTypes.every((type) => typeof type === 'string' && type !== '');
  findings.expect(areTypes, 'supplyTypes', 'at least one supply type or item type, or *');
  findings.expect((RULE_TREATMENTS as readonly unknown[]).includes(treatment), 'treatment', `one of ${RULE_TREATMENTS.join(', ')}`);
  const isCode = typeof rateCode === 'string' && /^[A-Z]{2}(_[A-Z0-9]+)+$/.test(rateCode);
  if (rateCode !== undefined) findings.expect(isCode, 'rateCode', 'the code of a tax rate, e.g. DE_STANDARD');
  else findings.expect(!NEEDS_RATE.has(treatment), 'rateCode', `the code of a tax rate, which ${String(treatment)} needs`);
  findings.expect(typeof active === 'boolean', 'active', 'true or false');
  checkNumbersAndPeriod(rule, findings);
  return findings.list;
}

function checkNumbersAndPeriod(rule: Unchecked, findings: Findings): void {
  const { evidenceRequired, priority, legalReference, effectiveFrom, effectiveTo } = rule;
  findings.expect(isInteger(priority, -1000, 1000), 'priority', 'an integer from -1000 to 1000');
  if (evidenceRequired !== undefined) {
    findings.expect(isInteger(evidenceRequired, 0, MOST_EVIDENCE), 'evidenceRequired', `an integer from 0 to ${MOST_EVIDENCE}`);
  }
  if (legalReference !== undefined) {
    findings.expect(
      typeof legalReference === 'string' && legalReference.length <= 500,
      'legalReference',
      'a text of at most 500 characters',
    );
  }
  if (effectiveFrom !== undefined) findings.expect(isDay(effectiveFrom), 'effectiveFrom', 'a day, YYYY-MM-DD');
  if (effectiveTo === undefined) return;
  const isOrdered = isDay(effectiveTo) && (!isDay(effectiveFrom) || effectiveFrom <= effectiveTo);
  findings.expect(isOrdered, 'effectiveTo', 'a day, YYYY-MM-DD, not before effectiveFrom');
}

function isInteger(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

/**
 * Rules of which nobody could say which one goes first: of the same priority, fitting the same sales, and deciding differently.
 * @returns for every pair the later one, by its index
 */
export function contradictingRules(rules: readonly TaxRule[]): TaxFinding[] {
  return rules.flatMap((rule, index) =>
    rules
      .slice(0, index)
      .filter((earlier) => contradict(earlier, rule))
      .map(({ name, treatment, priority }) => ({
        field: `rules[${index}]`,
        message: `Expected a priority of its own: the rule “${name}” decides ${treatment} for the same sales with priority ${priority}.`,
      })),
  );
}

function contradict(a: TaxRule, b: TaxRule): boolean {
  if (!a.active || !b.active || a.priority !== b.priority) return false;
  if (a.treatment === b.treatment && a.rateCode === b.rateCode) return false;
  if (a.sellerCountry !== b.sellerCountry || a.buyerCountry !== b.buyerCountry) return false;
  if (a.buyerType !== undefined && b.buyerType !== undefined && a.buyerType !== b.buyerType) return false;
  const isShared = a.supplyTypes.includes('*') || b.supplyTypes.includes('*') || a.supplyTypes.some((type) => b.supplyTypes.includes(type));
  return isShared && periodsMeet({ from: a.effectiveFrom, to: a.effectiveTo }, { from: b.effectiveFrom, to: b.effectiveTo });
}
