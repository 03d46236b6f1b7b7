import { Inject, Injectable } from '@nestjs/common';
import { isDuplicateKey, Transactions } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import type { EntryOutcome } from '@paygate/messages';
import { findTransferReferences, matchReceipt } from '@paygate/payments-domain';
import type { MatchCandidate, ReceiptSource } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import { CLOCK } from '../clock.js';
import type { ReceivedMoney } from '../providers/index.js';
import { TransferTransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { AddMoney } from './add-money.js';
import type { BankReceiptRecord, ReceivedEntry } from './bank-receipt.js';
import { BankReceiptsRepository } from './bank-receipts.repository.js';
import { SettleTransfer } from './settle-transfer.js';

export interface RecordReceiptInput {
  scope: TenantScope;
  /** The account the money came to. */
  providerId: string;
  source: Exclude<ReceiptSource, 'operator'>;
  entry: ReceivedEntry;
}

export interface RecordedReceipt {
  receipt: BankReceiptRecord;
  outcome: EntryOutcome;
}

/**
 * Takes in one entry of a bank account: stored once, assigned to the payment it names, or listed for a person. Receipt and
 * money of the payment are one database transaction.
 */
@Injectable()
export class RecordReceipt {
  constructor(
    private readonly receipts: BankReceiptsRepository,
    private readonly transfers: TransferTransactionsRepository,
    private readonly addMoney: AddMoney,
    private readonly settle: SettleTransfer,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws as ApplyProviderResult; the entry is kept then, and settled later */
  async execute(input: RecordReceiptInput): Promise<RecordedReceipt> {
    const { scope, providerId, source, entry } = input;
    const known = await this.receipts.findByKey(scope, { providerId, source, key: entry.key });
    if (known) return { receipt: known, outcome: 'known' };
    const receipt = await this.store(input);
    if (!receipt) {
      const faster = await this.receipts.findByKey(scope, { providerId, source, key: entry.key });
      if (!faster) throw new Error(`the receipt ${entry.key} is there and cannot be read`);
      return { receipt: faster, outcome: 'known' };
    }
    if (receipt.transactionId === undefined) return { receipt, outcome: 'listed' };
    await this.settle.execute(scope, receipt.transactionId);
    return { receipt, outcome: 'assigned' };
  }

  /** Money a provider tells of. @returns what became of it, for the log of notifications */
  async fromProvider(scope: TenantScope, providerId: string, { reference, occurredAt, ...money }: ReceivedMoney): Promise<EntryOutcome> {
    const entry = { ...money, key: reference, bookedOn: occurredAt };
    return (await this.execute({ scope, providerId, source: 'provider', entry })).outcome;
  }

  /** Undefined when somebody else has stored the entry meanwhile. */
  private async store(input: RecordReceiptInput): Promise<BankReceiptRecord | undefined> {
    try {
      return await this.database.run((session) => this.match(input, session));
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  private async match({ scope, providerId, source, entry }: RecordReceiptInput, session: ClientSession): Promise<BankReceiptRecord> {
    const references = findTransferReferences(entry.text);
    const named = references.length > 0 ? await this.transfers.findByReferences(scope, providerId, references, session) : [];
    const candidates: MatchCandidate[] = [];
    for (const transaction of named) candidates.push(await this.candidate(transaction, session));
    const { amount, currency } = entry;
    const verdict = matchReceipt({ amount, currency, source }, references.length > 0, candidates);
    const now = this.clock.now();
    const base = { ...entry, id: newObjectId(now), providerId, source, createdAt: now };
    if (verdict.kind === 'list') {
      const waiting = await this.transfers.findWaitingFor(scope, { providerId, amount, currency }, session);
      const suggestions = [...new Set([...named.map(({ id }) => id), ...waiting])];
      return this.receipts.insert(scope, { ...base, state: 'unassigned', reason: verdict.reason, suggestions }, session);
    }
    const transaction = named.find(({ id }) => id === verdict.transactionId);
    if (transaction) await this.addMoney.execute(transaction, { amount, source }, now, session);
    return this.receipts.insert(scope, { ...base, state: 'assigned', transactionId: verdict.transactionId, suggestions: [] }, session);
  }

  private async candidate({ scope, id, status, amount, currency }: TransactionRecord, session: ClientSession): Promise<MatchCandidate> {
    return { transactionId: id, status, amount, currency, receipts: await this.receipts.findOfTransaction(scope, id, session) };
  }
}
