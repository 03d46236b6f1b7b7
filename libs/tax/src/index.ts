export { EU_COUNTRIES, euCountry } from './eu-countries.js';
export type { EuCountry } from './eu-countries.js';
export { DEFAULT_TAX_SETTINGS } from './settings.js';
export type { TaxRegistration, TaxSettings, ViesFallback } from './settings.js';
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
