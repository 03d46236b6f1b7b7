import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { IpnDeliveriesModule } from '../ipn-deliveries/index.js';
import { SitesModule } from '../sites/index.js';
import { CancelTransaction } from './cancel-transaction.js';
import { CreateManualTransaction } from './create-manual-transaction.js';
import { DecideTransfer } from './decide-transfer.js';
import { DeleteTransaction } from './delete-transaction.js';
import { EraseNotifications } from './erase-notifications.js';
import { GetTransactionTax } from './get-transaction-tax.js';
import { GetTransaction } from './get-transaction.js';
import { ListTransactions } from './list-transactions.js';
import { ManualStatusController } from './manual-status.controller.js';
import { RecalculateTransactionTax } from './recalculate-transaction-tax.js';
import { ResendIpn } from './resend-ipn.js';
import { TransactionTaxController } from './transaction-tax.controller.js';
import { TransactionNotificationsController } from './transaction-notifications.controller.js';
import { TransactionsController } from './transactions.controller.js';
import { UpdateChargeback } from './update-chargeback.js';
import { UpdateTransaction } from './update-transaction.js';

@Module({
  imports: [ChangesModule, SitesModule, IpnDeliveriesModule],
  controllers: [TransactionsController, ManualStatusController, TransactionNotificationsController, TransactionTaxController],
  providers: [
    ListTransactions,
    GetTransaction,
    GetTransactionTax,
    RecalculateTransactionTax,
    CreateManualTransaction,
    UpdateTransaction,
    CancelTransaction,
    DecideTransfer,
    DeleteTransaction,
    EraseNotifications,
    ResendIpn,
    UpdateChargeback,
  ],
})
export class TransactionsModule {}
