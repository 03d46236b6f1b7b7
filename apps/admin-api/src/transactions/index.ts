export { TaxBreakdownResponse, TaxEvidenceResponse, TaxPartiesResponse } from './dto/tax-decision.response.js';
export { presentBreakdown } from './present-tax-decision.js';
export { TRANSACTION_EXAMPLE, TransactionResponse } from './dto/transaction.response.js';
export { presentTransaction } from './present-transaction.js';
export { TransactionsModule } from './transactions.module.js';
