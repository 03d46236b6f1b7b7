import { Module } from '@nestjs/common';
import { CheckoutsModule } from '../checkouts/index.js';
import { TransactionTaxesModule } from '../transaction-taxes/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { GetTransactionTax } from './get-transaction-tax.js';
import { ListTransactionTaxes } from './list-transaction-taxes.js';
import { ReadDecisions } from './read-decisions.js';
import { RecalculateTransactionTax } from './recalculate-transaction-tax.js';
import { TaxedTransactionsMessages } from './taxed-transactions.messages.js';

@Module({
  imports: [CheckoutsModule, TransactionsModule, TransactionTaxesModule],
  controllers: [TaxedTransactionsMessages],
  providers: [ReadDecisions, GetTransactionTax, ListTransactionTaxes, RecalculateTransactionTax],
})
export class TaxedTransactionsModule {}
