import type { TaxSettings } from './settings.js';
import type { TaxRate } from './tax-rate.js';
import type { TaxRule } from './tax-rule.js';

/** All that decides an organization's tax besides the sale itself. Plain JSON. */
export interface TaxConfiguration {
  readonly settings: TaxSettings;
  readonly rates: readonly TaxRate[];
  readonly rules: readonly TaxRule[];
}
