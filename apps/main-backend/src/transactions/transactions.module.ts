import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CheckoutsModule } from '../checkouts/index.js';
import { ConfigurationModule } from '../configuration/index.js';
import { CustomerRiskModule } from '../customer-risk/index.js';
import { RoutingModule } from '../routing/index.js';
import { TransactionTalliesModule } from '../transaction-tallies/index.js';
import { TransactionTaxesModule } from '../transaction-taxes/index.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import { CancelTransaction } from './cancel-transaction.js';
import { CompletePayment } from './complete-payment.js';
import { ConsultProvider } from './consult-provider.js';
import { CountExistingTransactions } from './count-existing-transactions.js';
import { CreateManualTransaction } from './create-manual-transaction.js';
import { DeleteTransaction } from './delete-transaction.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import { FindPaidTransaction } from './find-paid-transaction.js';
import { FindProviderTransaction } from './find-provider-transaction.js';
import { FollowTransaction } from './follow-transaction.js';
import { GetFigures } from './get-figures.js';
import { GetTransaction } from './get-transaction.js';
import { GetTransactionStatus } from './get-transaction-status.js';
import { GoOnPaying } from './go-on-paying.js';
import { ListTransactions } from './list-transactions.js';
import { LookUpSteps } from './look-up-steps.js';
import { MarkPending } from './mark-pending.js';
import { NoteContradiction } from './note-contradiction.js';
import { ReconcilePayments } from './reconcile-payments.js';
import { RecordAttempt } from './record-attempt.js';
import { RecordMoneyBack } from './record-money-back.js';
import { StartPayment } from './start-payment.js';
import { SubmitPayment } from './submit-payment.js';
import { TaxedTransactionsRepository } from './taxed-transactions.repository.js';
import { TRANSACTION_MODEL, transactionSchema } from './transaction.schema.js';
import { TransactionsMessages } from './transactions.messages.js';
import { TransactionsOfAllTenants } from './transactions-of-all-tenants.repository.js';
import { TransactionsRepository } from './transactions.repository.js';
import { UpdateTransactionMetadata } from './update-transaction-metadata.js';
import { TransferTransactionsRepository } from './transfer-transactions.repository.js';

@Module({
  imports: [
    MongooseModule.forFeature([{ name: TRANSACTION_MODEL, schema: transactionSchema }]),
    CheckoutsModule,
    ConfigurationModule,
    CustomerRiskModule,
    RoutingModule,
    TransactionTalliesModule,
    TransactionTaxesModule,
  ],
  controllers: [TransactionsMessages],
  providers: [
    TransactionsRepository,
    TransferTransactionsRepository,
    TaxedTransactionsRepository,
    TransactionsOfAllTenants,
    ApplyProviderResult,
    FollowTransaction,
    CompletePayment,
    ConsultProvider,
    FindBuyerTransaction,
    FindProviderTransaction,
    FindPaidTransaction,
    NoteContradiction,
    RecordMoneyBack,
    SubmitPayment,
    RecordAttempt,
    StartPayment,
    GetTransactionStatus,
    CancelTransaction,
    GoOnPaying,
    MarkPending,
    LookUpSteps,
    ReconcilePayments,
    GetTransaction,
    ListTransactions,
    GetFigures,
    CreateManualTransaction,
    UpdateTransactionMetadata,
    DeleteTransaction,
    CountExistingTransactions,
  ],
  exports: [
    TransactionsRepository,
    TransferTransactionsRepository,
    TaxedTransactionsRepository,
    ApplyProviderResult,
    ConsultProvider,
    FindBuyerTransaction,
    FindProviderTransaction,
    FindPaidTransaction,
    NoteContradiction,
    RecordMoneyBack,
    StartPayment,
    GetTransactionStatus,
    CancelTransaction,
    GoOnPaying,
    MarkPending,
    LookUpSteps,
  ],
})
export class TransactionsModule {}
