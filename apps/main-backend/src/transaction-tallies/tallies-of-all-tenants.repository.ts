import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Rollup, Transactions } from '@paygate/data-kit';
import type { ClientSession, Model } from 'mongoose';
import { TALLY_DIMENSIONS, TALLY_FIGURES } from './tally.js';
import type { TallyCell, TallyDimensions, TallyFigure, TallySums } from './tally.js';
import { TALLY_MODEL } from './tally.schema.js';
import type { TallyRow } from './tally.schema.js';

/** Counting everything takes as long as it takes; the database itself ends transactions after a minute. */
const REBUILD_DEADLINE_MS = 60_000;

/** Keeps the sums of every tenant small and right. No request of a merchant or buyer may reach this. */
@Injectable()
export class TalliesOfAllTenants {
  private readonly rollup: Rollup<TallyDimensions, TallyFigure>;

  constructor(
    @InjectModel(TALLY_MODEL) private readonly rows: Model<TallyRow>,
    private readonly database: Transactions,
  ) {
    this.rollup = new Rollup(rows, database, { dimensions: TALLY_DIMENSIONS, figures: TALLY_FIGURES });
  }

  /** @returns how many changes were folded */
  async foldAll(signal?: AbortSignal): Promise<number> {
    return this.rollup.foldAll(signal);
  }

  async isEmpty(): Promise<boolean> {
    return this.rollup.isEmpty();
  }

  /**
   * Counts everything anew, as one database transaction: a payment made meanwhile adds its own change beside it.
   * @param transactions the collection that is counted
   */
  async rebuild(transactions: string): Promise<void> {
    const limits = { deadlineMs: REBUILD_DEADLINE_MS };
    await this.database.run((session) => this.rollup.replace(this.counted(transactions, session), session), limits);
  }

  private async *counted(transactions: string, session: ClientSession): AsyncGenerator<TallyCell> {
    const day = { $dateToString: { date: '$createdAt', format: '%Y-%m-%d' } };
    const fields = ['organizationId', 'livemode', ...TALLY_DIMENSIONS];
    const _id = { day, ...Object.fromEntries(fields.map((field) => [field, `$${field}`])) };
    const figures = { count: { $sum: 1 }, amount: { $sum: '$amount' }, refundedAmount: { $sum: '$refundedAmount' } };
    const days = this.rows.db
      .collection(transactions)
      .aggregate<TallySums & { _id: Omit<TallyCell, TallyFigure> }>(
        [{ $match: { deletedAt: { $exists: false } } }, { $group: { _id, ...figures } }],
        { session },
      );
    for await (const { _id: cell, ...sums } of days) yield { ...cell, ...sums };
  }
}
