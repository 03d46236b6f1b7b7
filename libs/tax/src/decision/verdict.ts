import type { RatePlace } from '../configuration/rate-index.js';
import type { TaxTreatment, VatCategory } from '../treatments.js';

/** The rows of the decision table by what they find, and how that is explained. */
export type Reason = keyof typeof REASONS;

export const REASONS = {
  manual_override: 'An explicit rate goes before everything else.',
  tax_disabled: 'Nothing is decided while tax is switched off.',
  exempt_customer: 'An exempt buyer is charged nothing.',
  small_business: 'A small business charges none of its own country’s tax.',
  us_no_nexus: 'The seller collects no sales tax in this state.',
  us_resale: 'What is bought for resale bears no sales tax.',
  us_digital_not_taxable: 'This state does not tax digital services.',
  us_sales_tax: 'The seller has nexus in this state and collects its sales tax.',
  canada: 'A registered seller charges GST or HST, and the province’s own tax where it is registered for it.',
  local_registration: 'The seller is registered where the supply takes place and charges the tax of that place.',
  foreign_reverse_charge: 'A business abroad accounts for the tax of its country itself.',
  domestic_reverse_charge: 'The line is subject to domestic reverse charge and the buyer’s VAT id is confirmed.',
  domestic: 'The supply stays in the seller’s country.',
  intra_community_supply: 'Goods to a business with a confirmed VAT id of another Member State are exempt.',
  reverse_charge: 'A business with a confirmed VAT id of a Member State accounts for the tax itself.',
  oss_union: 'A consumer in another Member State pays the tax of that state, declared through the One-Stop-Shop.',
  oss_registration_missing: 'EUR 10,000 of sales to consumers in other Member States are passed: the tax of the buyer’s state is due.',
  below_oss_threshold: 'Below EUR 10,000 of sales to consumers in other Member States the tax of the seller’s country is due.',
  b2c_service_origin: 'A service to a consumer that is not electronic is taxed where the seller is.',
  export_goods: 'Goods leave the VAT area of the EU.',
  service_outside_eu_b2b: 'A service to a business outside the EU is supplied where that is.',
  service_outside_eu_b2c: 'A service to a consumer outside the EU is supplied where that one is.',
  oss_non_union: 'A consumer in a Member State pays the tax of that state, declared through the non-Union One-Stop-Shop.',
  registration_missing: 'The seller is not registered for the tax of the buyer’s state.',
  ioss: 'Goods of at most EUR 150 from outside the EU are taxed at the sale, through the Import One-Stop-Shop.',
  import_vat_at_customs: 'The tax on these goods is due when they enter the EU.',
  outside_scope: 'Neither the seller’s country nor any registration of the seller taxes this supply.',
  merchant_rule: 'A rule of the merchant’s decides.',
} as const;

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
