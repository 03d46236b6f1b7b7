import type { RatePlace } from '../configuration/rate-index.js';
import type { TaxTreatment, VatCategory } from '../treatments.js';

/** The rows of the decision table, by what they find. */
export const REASONS = [
  'manual_override',
  'tax_disabled',
  'exempt_customer',
  'small_business',
  'us_no_nexus',
  'us_resale',
  'us_digital_not_taxable',
  'us_sales_tax',
  'canada',
  'local_registration',
  'foreign_reverse_charge',
  'domestic_reverse_charge',
  'domestic',
  'intra_community_supply',
  'reverse_charge',
  'oss_union',
  'oss_registration_missing',
  'below_oss_threshold',
  'b2c_service_origin',
  'export_goods',
  'service_outside_eu_b2b',
  'service_outside_eu_b2c',
  'oss_non_union',
  'registration_missing',
  'ioss',
  'import_vat_at_customs',
  'outside_scope',
  'merchant_rule',
] as const;
export type Reason = (typeof REASONS)[number];

/** What a rule or a row of the table says about a line; the rate is looked up afterwards. */
export interface Verdict {
  readonly reason: Reason;
  /** `standard` becomes `reduced` or `zero_rated` when the rate is. */
  readonly treatment: TaxTreatment;
  /** Where it is taxed. */
  readonly place: RatePlace;
  /** Where no tax is charged. */
  readonly untaxed?: Untaxed;
  /** Code of the rate where the line names none. */
  readonly rateCode?: string;
  readonly legalText?: string;
  /** Pieces of evidence of the buyer's place that must agree. */
  readonly evidenceRequired?: number;
  readonly warning?: string;
}

export interface Untaxed {
  readonly category: VatCategory;
  readonly rateCode: 'REVERSE_CHARGE' | 'EXPORT' | 'EXEMPT' | 'ZERO_RATED' | 'SMALL_BUSINESS';
  readonly exemptionCode?: string;
  readonly legalText?: string;
}

export const REVERSE_CHARGE: Untaxed = {
  category: 'AE',
  rateCode: 'REVERSE_CHARGE',
  exemptionCode: 'VATEX-EU-AE',
  legalText: 'Reverse charge: the recipient accounts for the VAT (Art. 194–199 of Directive 2006/112/EC).',
};
export const INTRA_COMMUNITY: Untaxed = {
  category: 'K',
  rateCode: 'REVERSE_CHARGE',
  exemptionCode: 'VATEX-EU-IC',
  legalText: 'Intra-Community supply exempt from VAT (Art. 138 of Directive 2006/112/EC).',
};
export const EXPORT_FROM_EU: Untaxed = {
  category: 'G',
  rateCode: 'EXPORT',
  exemptionCode: 'VATEX-EU-G',
  legalText: 'Export outside the EU, exempt from VAT (Art. 146 of Directive 2006/112/EC).',
};
export const NOT_SUBJECT: Untaxed = {
  category: 'O',
  rateCode: 'EXPORT',
  exemptionCode: 'VATEX-EU-O',
  legalText: 'Not subject to VAT: the place of supply is abroad.',
};
