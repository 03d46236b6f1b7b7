import { Controller } from '@nestjs/common';
import {
  AssignBankReceiptCommand,
  assignBankReceipt,
  DecideTransferCommand,
  decideTransfer,
  DismissBankReceiptCommand,
  dismissBankReceipt,
  ImportBankEntriesCommand,
  importBankEntries,
  ListBankReceiptsRequest,
  listBankReceipts,
} from '@paygate/messages';
import type { BankReceiptPage, BankReceiptView, ImportedBankEntries, TransactionView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { AssignReceipt } from './assign-receipt.js';
import { DecideTransfer } from './decide-transfer.js';
import { DismissReceipt } from './dismiss-receipt.js';
import { ImportEntries } from './import-entries.js';
import { ListReceipts } from './list-receipts.js';

/** What other services ask about money that came in, and tell of it. */
@Controller()
export class BankReceiptsMessages {
  constructor(
    private readonly deciding: DecideTransfer,
    private readonly importing: ImportEntries,
    private readonly assigning: AssignReceipt,
    private readonly dismissing: DismissReceipt,
    private readonly listing: ListReceipts,
  ) {}

  @HandlesRequest(decideTransfer)
  decide(command: DecideTransferCommand): Promise<TransactionView> {
    return this.deciding.execute(command);
  }

  @HandlesRequest(importBankEntries)
  import(command: ImportBankEntriesCommand): Promise<ImportedBankEntries> {
    return this.importing.execute(command);
  }

  @HandlesRequest(assignBankReceipt)
  assign(command: AssignBankReceiptCommand): Promise<BankReceiptView> {
    return this.assigning.execute(command);
  }

  @HandlesRequest(dismissBankReceipt)
  dismiss(command: DismissBankReceiptCommand): Promise<BankReceiptView> {
    return this.dismissing.execute(command);
  }

  @HandlesRequest(listBankReceipts)
  list(request: ListBankReceiptsRequest): Promise<BankReceiptPage> {
    return this.listing.execute(request);
  }
}
