import { defaultTaxRules } from '@paygate/tax';
import type { NewDefaultRule } from './missing-defaults.js';

/** What the built-in decision table does for a seller of that country, as rules. */
export function defaultRulesFor(sellerCountry: string): NewDefaultRule[] {
  return defaultTaxRules(sellerCountry).map(({ id, ...rule }) => ({ ...rule, defaultKey: id }));
}
