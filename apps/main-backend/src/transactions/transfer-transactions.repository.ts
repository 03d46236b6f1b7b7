import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { ClientSession, Model } from 'mongoose';
import type { TimelineRecord, TransactionRecord } from './transaction.js';
import { toRecord } from './transaction-mapper.js';
import { TRANSACTION_MODEL } from './transaction.schema.js';
import type { TransactionRow } from './transaction.schema.js';

const MOST_FOUND = 10;

/** What bank transfers need of one tenant's transactions: to be found by what the buyer wrote, and to count the money. */
@Injectable()
export class TransferTransactionsRepository {
  constructor(@InjectModel(TRANSACTION_MODEL) private readonly rows: Model<TransactionRow>) {}

  async findByReferences(
    scope: TenantScope,
    providerId: string,
    references: readonly string[],
    session: ClientSession,
  ): Promise<TransactionRecord[]> {
    const rows = await this.rows
      .find({ ...tenantFilter(scope), providerId, providerReference: { $in: [...references] } }, null, { session })
      .limit(MOST_FOUND)
      .lean<TransactionRow[]>();
    return rows.map(toRecord);
  }

  /** Payments to an account that wait for this very amount, newest first: what a person would look at. */
  async findWaitingFor(
    scope: TenantScope,
    { providerId, amount, currency }: { providerId: string; amount: number; currency: string },
    session: ClientSession,
  ): Promise<string[]> {
    const rows = await this.rows
      .find({ ...tenantFilter(scope), providerId, status: 'pending_provider', amount, currency }, { _id: 1 }, { session })
      .sort({ createdAt: -1, _id: -1 })
      .limit(MOST_FOUND)
      .lean<{ _id: string }[]>();
    return rows.map(({ _id }) => _id);
  }

  /**
   * Adds money to a transaction, and a line to its timeline. Undefined when its status or its money has changed since it was
   * read.
   */
  async addReceived(
    scope: TenantScope,
    of: TransactionRecord,
    amount: number,
    entry: TimelineRecord,
    session: ClientSession,
  ): Promise<TransactionRecord | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        {
          _id: of.id,
          ...tenantFilter(scope),
          status: of.status,
          eventVersion: of.eventVersion,
          receivedAmount: of.receivedAmount ?? { $exists: false },
        },
        { $set: { receivedAmount: (of.receivedAmount ?? 0) + amount, updatedAt: entry.at }, $push: { timeline: entry } },
        { session, returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }
}
