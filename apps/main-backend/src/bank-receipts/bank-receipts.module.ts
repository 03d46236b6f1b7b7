import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationModule } from '../configuration/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { AddMoney } from './add-money.js';
import { AssignReceipt } from './assign-receipt.js';
import { BANK_RECEIPT_MODEL, bankReceiptSchema } from './bank-receipt.schema.js';
import { BankReceiptsMessages } from './bank-receipts.messages.js';
import { BankReceiptsRepository } from './bank-receipts.repository.js';
import { CollectReceipts } from './collect-receipts.js';
import { DecideTransfer } from './decide-transfer.js';
import { DismissReceipt } from './dismiss-receipt.js';
import { ImportEntries } from './import-entries.js';
import { ListReceipts } from './list-receipts.js';
import { RecordReceipt } from './record-receipt.js';
import { SettleTransfer } from './settle-transfer.js';
import { TransferAccounts } from './transfer-accounts.js';

/** Money that came by bank transfer. */
@Module({
  imports: [MongooseModule.forFeature([{ name: BANK_RECEIPT_MODEL, schema: bankReceiptSchema }]), ConfigurationModule, TransactionsModule],
  controllers: [BankReceiptsMessages],
  providers: [
    BankReceiptsRepository,
    TransferAccounts,
    AddMoney,
    SettleTransfer,
    RecordReceipt,
    CollectReceipts,
    DecideTransfer,
    ImportEntries,
    AssignReceipt,
    DismissReceipt,
    ListReceipts,
  ],
  exports: [RecordReceipt],
})
export class BankReceiptsModule {}
