import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { AssignBankReceipt } from './assign-bank-receipt.js';
import { BankReceiptsController } from './bank-receipts.controller.js';
import { DismissBankReceipt } from './dismiss-bank-receipt.js';
import { ListBankReceipts } from './list-bank-receipts.js';

@Module({
  imports: [ChangesModule],
  controllers: [BankReceiptsController],
  providers: [ListBankReceipts, AssignBankReceipt, DismissBankReceipt],
})
export class BankReceiptsModule {}
