import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Transactions } from '@paygate/data-kit';
import type { Model, mongo } from 'mongoose';
import { ALL_DAYS, cellKey, monthOf } from './tally.js';
import type { TallyRow } from './tally.js';
import { TALLY_MODEL } from './tally.schema.js';

/** Changes folded in one database transaction. */
const FOLDED_AT_ONCE = 1_000;
/** Counting everything takes as long as it takes; the database itself ends transactions after a minute. */
const REBUILD_DEADLINE_MS = 60_000;

interface Counted extends Pick<TallyRow, 'count' | 'amount' | 'refundedAmount'> {
  _id: Omit<TallyRow, '_id' | 'count' | 'amount' | 'refundedAmount' | 'fresh'>;
}

/** Keeps the sums of every tenant small and right. No request of a merchant or buyer may reach this. */
@Injectable()
export class TalliesOfAllTenants {
  private readonly collection: mongo.Collection<TallyRow>;

  constructor(
    @InjectModel(TALLY_MODEL) private readonly rows: Model<TallyRow>,
    private readonly database: Transactions,
  ) {
    this.collection = rows.db.collection<TallyRow>(rows.collection.collectionName);
  }

  /**
   * Adds changes to the folded row of their cell, and those of a day to its month, and removes them, as one database transaction:
   * no sum is different afterwards.
   * Two instances that meet want to remove the same rows, so the database lets only one of them.
   * @returns how many were folded
   */
  async fold(): Promise<number> {
    return this.database.run(async (session) => {
      const fresh = await this.collection.find({ fresh: true }, { session, limit: FOLDED_AT_ONCE }).toArray();
      if (fresh.length === 0) return 0;
      const cells = new Map<string, TallyRow>();
      for (const { fresh: _fresh, ...row } of fresh) {
        addTo(cells, row);
        if (row.period !== ALL_DAYS) addTo(cells, { ...row, period: monthOf(row.period) });
      }
      await this.collection.bulkWrite(
        [...cells.values()].map(({ _id, count, amount, refundedAmount, ...cell }) => ({
          updateOne: { filter: { _id }, update: { $inc: { count, amount, refundedAmount }, $setOnInsert: cell }, upsert: true },
        })),
        { session },
      );
      await this.collection.deleteMany({ _id: { $in: fresh.map(({ _id }) => _id) } }, { session });
      return fresh.length;
    });
  }

  async isEmpty(): Promise<boolean> {
    return (await this.collection.findOne({}, { projection: { _id: 1 } })) === null;
  }

  /**
   * Counts everything anew, as one database transaction: a payment made meanwhile adds its own change beside it.
   * @param transactions the collection that is counted
   */
  async rebuild(transactions: string): Promise<void> {
    await this.database.run((session) => this.countAnew(transactions, session), { deadlineMs: REBUILD_DEADLINE_MS });
  }

  private async countAnew(transactions: string, session: mongo.ClientSession): Promise<void> {
    const source = this.rows.db.collection(transactions);
    await this.collection.deleteMany({}, { session });
    const cell = {
      organizationId: '$organizationId',
      livemode: '$livemode',
      period: { $dateToString: { date: '$createdAt', format: '%Y-%m-%d' } },
      siteId: '$siteId',
      providerId: '$providerId',
      providerType: '$providerType',
      status: '$status',
      currency: '$currency',
    };
    const figures = { count: { $sum: 1 }, amount: { $sum: '$amount' }, refundedAmount: { $sum: '$refundedAmount' } };
    const days = source.aggregate<Counted>([{ $match: { deletedAt: { $exists: false } } }, { $group: { _id: cell, ...figures } }], {
      session,
    });
    const longer = new Map<string, TallyRow>();
    let batch: TallyRow[] = [];
    for await (const { _id: of, ...sums } of days) {
      const row: TallyRow = { ...of, ...sums, _id: cellKey(of) };
      for (const period of [monthOf(of.period), ALL_DAYS]) addTo(longer, { ...row, period });
      batch.push(row);
      if (batch.length >= FOLDED_AT_ONCE) batch = await this.store(batch, session);
    }
    await this.store([...batch, ...longer.values()], session);
  }

  private async store(rows: TallyRow[], session: mongo.ClientSession): Promise<TallyRow[]> {
    if (rows.length > 0) await this.collection.insertMany(rows, { session });
    return [];
  }
}

function addTo(cells: Map<string, TallyRow>, row: TallyRow): void {
  const _id = cellKey(row);
  const sum = cells.get(_id);
  cells.set(_id, {
    ...row,
    _id,
    count: (sum?.count ?? 0) + row.count,
    amount: (sum?.amount ?? 0) + row.amount,
    refundedAmount: (sum?.refundedAmount ?? 0) + row.refundedAmount,
  });
}
