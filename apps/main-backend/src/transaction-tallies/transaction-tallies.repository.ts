import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter, Transactions } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, mongo } from 'mongoose';
import { definedFields } from '../queries/index.js';
import { ALL_DAYS, tallyChanges } from './tally.js';
import type { Tallied, TallyRow } from './tally.js';
import { TALLY_MODEL } from './tally.schema.js';

/** Which transactions to sum. */
export interface TallyFilter {
  siteId?: string;
  providerId?: string;
  status?: TransactionStatus;
  currency?: string;
  /** Days of creation, both included; every day when absent. */
  days?: { first: string; last: string };
}

/** The sum of one day's transactions of one provider, status and currency. */
export type DaySum = Pick<
  TallyRow,
  'period' | 'providerId' | 'providerType' | 'status' | 'currency' | 'count' | 'amount' | 'refundedAmount'
>;

interface Counted extends Pick<DaySum, 'count' | 'amount' | 'refundedAmount'> {
  _id: Omit<DaySum, 'count' | 'amount' | 'refundedAmount'>;
}

/**
 * How many transactions a tenant has and what they come to, kept exact with every change of a transaction, in its own database
 * transaction. Counting costs as much as there are days, sites, providers, statuses and currencies, however many transactions.
 */
@Injectable()
export class TransactionTallies {
  private readonly collection: mongo.Collection<TallyRow>;

  constructor(
    @InjectModel(TALLY_MODEL) private readonly rows: Model<TallyRow>,
    private readonly database: Transactions,
  ) {
    this.collection = rows.db.collection<TallyRow>(rows.collection.collectionName);
  }

  /** Counts a change of a transaction; undefined before it was made. Only rows are added, so nobody waits for anybody. */
  async change(before: Tallied | undefined, after: Tallied, session: ClientSession): Promise<void> {
    const changes = tallyChanges(before, after);
    if (changes.length > 0) await this.collection.insertMany(changes, { session });
  }

  async count(scope: TenantScope, filter: TallyFilter): Promise<number> {
    // In a transaction: while changes are being folded together, a plain read could meet one of them twice or not at all.
    const [sum] = await this.database.run((session) =>
      this.rows
        .aggregate<{ count: number }>([{ $match: matching(scope, filter) }, { $group: { _id: null, count: { $sum: '$count' } } }])
        .session(session),
    );
    return sum?.count ?? 0;
  }

  async sumsByDay(scope: TenantScope, filter: TallyFilter & Required<Pick<TallyFilter, 'days'>>): Promise<DaySum[]> {
    const cell = {
      period: '$period',
      providerId: '$providerId',
      providerType: '$providerType',
      status: '$status',
      currency: '$currency',
    };
    const figures = { count: { $sum: '$count' }, amount: { $sum: '$amount' }, refundedAmount: { $sum: '$refundedAmount' } };
    const sums = await this.database.run((session) =>
      this.rows
        .aggregate<Counted>([{ $match: matching(scope, filter) }, { $group: { _id: cell, ...figures } }, { $sort: { _id: 1 } }])
        .session(session),
    );
    return sums
      .map(({ _id, ...sum }) => ({ ..._id, ...sum }))
      .filter(({ count, amount, refundedAmount }) => count || amount || refundedAmount);
  }
}

function matching(scope: TenantScope, { days, ...equal }: TallyFilter): Record<string, unknown> {
  const period = days ? { $gte: days.first, $lte: days.last } : ALL_DAYS;
  return { ...tenantFilter(scope), period, ...definedFields(equal) };
}
