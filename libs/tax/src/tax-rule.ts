import type { BuyerType, RuleTreatment } from './treatments.js';

/**
 * A merchant's rule. The first that fits, by falling `priority`, decides the treatment; one whose condition in law is not met
 * (reverse charge without a valid VAT id, UK VAT without a registration) is passed over. Where none fits, the built-in
 * decision table does.
 */
export interface TaxRule {
  readonly id: string;
  readonly name: string;
  readonly sellerCountry: string;
  /** ISO 3166-1 alpha-2, `EU` for any other Member State, `*` for anywhere. */
  readonly buyerCountry: string;
  /** Absent: both. */
  readonly buyerType?: BuyerType;
  /** Supply types or item types; `*` for all. */
  readonly supplyTypes: readonly string[];
  readonly treatment: RuleTreatment;
  /** Required for `standard`, `reduced` and `uk_vat`: a code of the tax rates. */
  readonly rateCode?: string;
  readonly legalReference?: string;
  /** Pieces of evidence that must agree; none asked for when absent. */
  readonly evidenceRequired?: number;
  /** -1000 to 1000; the highest goes first. */
  readonly priority: number;
  readonly active: boolean;
  /** Calendar days in the seller's country, both inclusive. */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}
