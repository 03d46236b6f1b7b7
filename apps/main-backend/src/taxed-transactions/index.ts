export { TaxedTransactionsModule } from './taxed-transactions.module.js';
