import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { ImportBankEntriesCommand, ImportedBankEntries } from '@paygate/messages';
import { RecordReceipt } from './record-receipt.js';
import { TransferAccounts } from './transfer-accounts.js';

/** Takes in entries of a bank statement, one after the other. Breaking off and repeating is harmless. */
@Injectable()
export class ImportEntries {
  constructor(
    private readonly accounts: TransferAccounts,
    private readonly record: RecordReceipt,
  ) {}

  /** @throws DomainError provider_not_found, provider_not_available */
  async execute(command: ImportBankEntriesCommand): Promise<ImportedBankEntries> {
    const scope = tenantScopeOf(command);
    const { providerId } = command;
    this.accounts.require(scope, providerId);
    const outcomes: ImportedBankEntries['outcomes'] = [];
    for (const { bookedOn, ...entry } of command.entries) {
      const told = { ...entry, bookedOn: new Date(bookedOn) };
      const { receipt, outcome } = await this.record.execute({ scope, providerId, source: 'statement', entry: told });
      const { id: receiptId, transactionId, reason } = receipt;
      outcomes.push({ key: entry.key, receiptId, outcome, transactionId, reason });
    }
    return { outcomes };
  }
}
