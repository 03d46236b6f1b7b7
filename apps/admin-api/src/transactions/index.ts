export { TRANSACTION_EXAMPLE, TransactionResponse } from './dto/transaction.response.js';
export { presentTransaction } from './present-transaction.js';
export { TransactionsModule } from './transactions.module.js';
