export { EU_COUNTRIES, euCountry } from './eu-countries.js';
export type { EuCountry } from './eu-countries.js';
export { DEFAULT_TAX_SETTINGS, VAT_ID_VALIDATIONS } from './settings.js';
export type { TaxRegistration, TaxSettings, VatIdValidation, ViesFallback } from './settings.js';
export type { TaxConfiguration } from './tax-configuration.js';
export { EVIDENCE_SOURCES } from './tax-input.js';
export type { EvidencePiece, EvidenceSource, TaxBuyer, TaxInput, TaxLine, TaxPlace, VatIdStatus } from './tax-input.js';
export { RATE_TYPES } from './tax-rate.js';
export type { RateType, TaxRate } from './tax-rate.js';
export type {
  LineDecision,
  ReversedBreakdown,
  TaxBreakdown,
  TaxCalculation,
  TaxComponent,
  TaxedLine,
  TaxEvidence,
  TaxOutcome,
  TaxParties,
  TaxProblem,
  TaxProblemCode,
} from './tax-result.js';
export type { TaxRule } from './tax-rule.js';
export { BUYER_TYPES, RULE_TREATMENTS, SUPPLY_TYPES, TAX_TREATMENTS } from './treatments.js';
export type { BuyerType, RuleTreatment, SupplyType, TaxTreatment, VatCategory } from './treatments.js';
export { DEFAULT_TAX_RATES, TAX_CATALOGUE_VERSION } from './catalogue/catalogue.js';
export type { CatalogueConfidence, CatalogueRate } from './catalogue/rate-series.js';
export { calculateGivenTax, taxShares } from './calculation/given-tax.js';
export type { GivenItem, GivenOrder, TaxShare } from './calculation/given-tax.js';
export { reverseTax } from './calculation/reverse-tax.js';
export type { ReversedTax } from './calculation/reverse-tax.js';
export { TaxEngine } from './calculation/tax-engine.js';
export { defaultTaxRules } from './configuration/default-rules.js';
export { effectiveConfiguration } from './configuration/effective-configuration.js';
export { countryCode, EU_MEMBER_STATES, isCountryCode, isEuMember, vatIdCountry } from './places/countries.js';
export { phoneCountry } from './places/phone-country.js';
export { territoryOf } from './places/territory.js';
export type { Territory } from './places/territory.js';
export { checkTaxRate, overlappingRates } from './checks/check-tax-rate.js';
export { checkTaxRule, contradictingRules } from './checks/check-tax-rule.js';
export { checkTaxSettings } from './checks/check-tax-settings.js';
export type { TaxFinding } from './checks/finding.js';
export { zoneOf } from './places/zones.js';
export { numberingCountry, recognizeVatId, vatIdExample } from './vat-id-formats.js';
export type { WrittenVatId } from './vat-id-formats.js';
