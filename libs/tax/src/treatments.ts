/** How a line is taxed; what merchants filter and report by. */
export const TAX_TREATMENTS = [
  'standard',
  'reduced',
  'reverse_charge',
  'oss',
  'ioss',
  'export',
  'exempt',
  'zero_rated',
  'uk_vat',
  'us_sales',
  'ca_gst_hst',
  'small_business',
  'manual',
] as const;
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

/** What a merchant's own rule may decide: those whose rate and wording follow from the place and the seller's registrations. */
export const RULE_TREATMENTS = [
  'standard',
  'reduced',
  'reverse_charge',
  'oss',
  'ioss',
  'export',
  'exempt',
  'zero_rated',
  'uk_vat',
  'us_sales',
  'ca_gst_hst',
] as const;
export type RuleTreatment = (typeof RULE_TREATMENTS)[number];

/** UNCL 5305 as EN 16931 uses it (BT-151). */
export type VatCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O';

/**
 * What a line is, for the place of supply. `service` is one that is not rendered electronically. Item types nobody knows
 * count as goods.
 */
export const SUPPLY_TYPES = ['goods', 'digital_service', 'service', 'shipping', 'discount', 'tax'] as const;
export type SupplyType = (typeof SUPPLY_TYPES)[number];

export const BUYER_TYPES = ['B2B', 'B2C'] as const;
export type BuyerType = (typeof BUYER_TYPES)[number];
