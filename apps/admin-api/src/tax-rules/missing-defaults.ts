import { isDeepStrictEqual } from 'node:util';
import type { RuleDetails, StoredTaxRule } from './tax-rule.js';

/** A rule to add, with what it is known by when the defaults are populated again. */
export type NewDefaultRule = RuleDetails & { readonly defaultKey: string };

/** The default rules that are not there. One that was changed since still counts as there, and so does an equal one. */
export function missingDefaults(stored: readonly StoredTaxRule[], defaults: readonly NewDefaultRule[]): NewDefaultRule[] {
  return defaults.filter((rule) => !stored.some((other) => other.defaultKey === rule.defaultKey || isSame(other, rule)));
}

function isSame(a: RuleDetails, b: RuleDetails): boolean {
  return isDeepStrictEqual(conditionsOf(a), conditionsOf(b));
}

function conditionsOf({ sellerCountry, buyerCountry, buyerType, supplyTypes, treatment, rateCode }: RuleDetails): object {
  return { sellerCountry, buyerCountry, buyerType, supplyTypes: [...supplyTypes].sort(), treatment, rateCode };
}
