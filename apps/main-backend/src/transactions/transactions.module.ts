import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CheckoutsModule } from '../checkouts/index.js';
import { ConfigurationModule } from '../configuration/index.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import { CancelTransaction } from './cancel-transaction.js';
import { CompletePayment } from './complete-payment.js';
import { ConsultProvider } from './consult-provider.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import { FollowTransaction } from './follow-transaction.js';
import { GetTransaction } from './get-transaction.js';
import { GetTransactionStatus } from './get-transaction-status.js';
import { ListTransactions } from './list-transactions.js';
import { MarkPending } from './mark-pending.js';
import { ReconcilePayments } from './reconcile-payments.js';
import { StartPayment } from './start-payment.js';
import { SubmitPayment } from './submit-payment.js';
import { TRANSACTION_MODEL, transactionSchema } from './transaction.schema.js';
import { TransactionsMessages } from './transactions.messages.js';
import { TransactionsOfAllTenants } from './transactions-of-all-tenants.repository.js';
import { TransactionsRepository } from './transactions.repository.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: TRANSACTION_MODEL, schema: transactionSchema }]), CheckoutsModule, ConfigurationModule],
  controllers: [TransactionsMessages],
  providers: [
    TransactionsRepository,
    TransactionsOfAllTenants,
    ApplyProviderResult,
    FollowTransaction,
    CompletePayment,
    ConsultProvider,
    FindBuyerTransaction,
    SubmitPayment,
    StartPayment,
    GetTransactionStatus,
    CancelTransaction,
    MarkPending,
    ReconcilePayments,
    GetTransaction,
    ListTransactions,
  ],
  exports: [
    TransactionsRepository,
    ApplyProviderResult,
    ConsultProvider,
    FindBuyerTransaction,
    StartPayment,
    GetTransactionStatus,
    CancelTransaction,
    MarkPending,
  ],
})
export class TransactionsModule {}
