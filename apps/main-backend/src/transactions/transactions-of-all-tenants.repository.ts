import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { lookUpDelayMs } from '@paygate/payments-domain';
import type { Model } from 'mongoose';
import type { TransactionRecord } from './transaction.js';
import { toRecord } from './transaction-mapper.js';
import { TRANSACTION_MODEL } from './transaction.schema.js';
import type { TransactionRow } from './transaction.schema.js';

/** What the platform itself does with transactions of every tenant. No request of a merchant or buyer may reach this. */
@Injectable()
export class TransactionsOfAllTenants {
  constructor(@InjectModel(TRANSACTION_MODEL) private readonly rows: Model<TransactionRow>) {}

  get collectionName(): string {
    return this.rows.collection.collectionName;
  }

  async hasAny(): Promise<boolean> {
    return (await this.rows.findOne({}, { _id: 1 }).lean()) !== null;
  }

  /**
   * Takes the undecided transaction that has waited longest for a look at the provider, and sets its next look by the
   * backoff. Setting it first means: whoever crashes while looking has only postponed it, and two instances never take
   * the same one.
   */
  async claimDueLookUp(now: Date, unitMs: number): Promise<TransactionRecord | undefined> {
    const due = await this.rows
      .findOne({ nextLookUpAt: { $lte: now } }, { lookUps: 1, nextLookUpAt: 1 })
      .sort({ nextLookUpAt: 1 })
      .lean<Pick<TransactionRow, '_id' | 'lookUps' | 'nextLookUpAt'> | null>();
    if (!due) return undefined;
    const row = await this.rows
      .findOneAndUpdate(
        { _id: due._id, nextLookUpAt: due.nextLookUpAt },
        { $set: { nextLookUpAt: new Date(now.getTime() + lookUpDelayMs(due.lookUps + 1, unitMs)) }, $inc: { lookUps: 1 } },
        { returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    // Another instance was faster; the next one in line may be free.
    return row ? toRecord(row) : this.claimDueLookUp(now, unitMs);
  }
}
