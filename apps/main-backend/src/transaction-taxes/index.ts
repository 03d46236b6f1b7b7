export { DecideTax } from './decide-tax.js';
export { RecordTax } from './record-tax.js';
export { saleTaxInput } from './sale-tax-input.js';
export type { Sale } from './sale-tax-input.js';
export { ShowTax } from './show-tax.js';
export type { TaxDecision, TaxMovement, TaxSummary, TaxVerdict } from './tax-decision.js';
export { TransactionTaxesModule } from './transaction-taxes.module.js';
export { TransactionTaxes } from './transaction-taxes.repository.js';
export type { KnownTax } from './transaction-taxes.repository.js';
