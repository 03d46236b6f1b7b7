import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter, Transactions } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { isPaid, TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, mongo, PipelineStage } from 'mongoose';
import { definedFields } from '../queries/index.js';
import { monthsAndDays } from './months-and-days.js';
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

type Sums = Pick<TallyRow, 'count' | 'amount' | 'refundedAmount'>;
type Group<K extends keyof TallyRow> = Pick<TallyRow, K> & Sums;

export interface DaysFilter {
  siteId?: string;
  /** Days of creation, both included. */
  first: string;
  last: string;
}

/** The same transactions seen from two sides; providers of those that were paid only. Each in the order of its key. */
export interface SumsOfDays {
  byStatus: Group<'currency' | 'status'>[];
  byProvider: Group<'currency' | 'providerId' | 'providerType'>[];
}

interface OneGroup extends Sums {
  _id: Pick<TallyRow, 'currency' | 'status' | 'providerId' | 'providerType'>;
}

const PAID = TRANSACTION_STATUSES.filter(isPaid);

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

  /** Whole months are read as such, so a year costs little more than a month. */
  async sums(scope: TenantScope, { siteId, first, last }: DaysFilter): Promise<SumsOfDays> {
    const { periods, inMonths } = monthsAndDays(first, last);
    const of = { ...tenantFilter(scope), ...definedFields({ siteId }) };
    const grouped = summedBy('currency', 'status', 'providerId', 'providerType');
    const parts = await this.database.run(async (session) => {
      const summed = await this.rows.aggregate<OneGroup>([{ $match: { ...of, period: { $in: periods } } }, ...grouped]).session(session);
      if (!inMonths) return summed;
      // Not in their months yet; few, and found among those of every tenant.
      const changes = { fresh: true, ...of, period: { $gte: inMonths.first, $lte: inMonths.last } };
      return [
        ...summed,
        ...(await this.rows
          .aggregate<OneGroup>([{ $match: changes }, ...grouped])
          .hint({ fresh: 1 })
          .session(session)),
      ];
    });
    const rows = parts.map(({ _id, ...sums }) => ({ ..._id, ...sums }));
    const paid = rows.filter(({ status }) => isPaid(status));
    return {
      byStatus: merged(rows, ({ currency, status }) => ({ currency, status })),
      byProvider: merged(paid, ({ currency, providerId, providerType }) => ({ currency, providerId, providerType })),
    };
  }

  /** What was paid, by the day it was begun; days without are left out. */
  async paidByDay(scope: TenantScope, { siteId, first, last }: DaysFilter): Promise<Group<'period' | 'currency'>[]> {
    const days = { ...tenantFilter(scope), period: { $gte: first, $lte: last }, ...definedFields({ siteId }), status: { $in: PAID } };
    const found = await this.database.run((session) =>
      this.rows
        .aggregate<Sums & { _id: Pick<TallyRow, 'period' | 'currency'> }>([{ $match: days }, ...summedBy('period', 'currency')])
        .session(session),
    );
    return found.map(({ _id, ...sums }) => ({ ..._id, ...sums })).filter(isSomething);
  }
}

function summedBy(...fields: (keyof TallyRow)[]): (PipelineStage.Group | PipelineStage.Sort)[] {
  const sums = { count: { $sum: '$count' }, amount: { $sum: '$amount' }, refundedAmount: { $sum: '$refundedAmount' } };
  return [{ $group: { _id: Object.fromEntries(fields.map((field) => [field, `$${field}`])), ...sums } }, { $sort: { _id: 1 } }];
}

/** Adds up what agrees in a key, without what has come to nothing, as when all transactions of a group have moved on. */
function merged<R extends Sums, K extends object>(rows: readonly R[], keyOf: (row: R) => K): (K & Sums)[] {
  const groups = new Map<string, K & Sums>();
  for (const row of rows) {
    const key = keyOf(row);
    const name = JSON.stringify(key);
    const sum = groups.get(name) ?? { count: 0, amount: 0, refundedAmount: 0 };
    const { count, amount, refundedAmount } = sum;
    groups.set(name, {
      ...key,
      count: count + row.count,
      amount: amount + row.amount,
      refundedAmount: refundedAmount + row.refundedAmount,
    });
  }
  return [...groups].filter(([, sum]) => isSomething(sum)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum); // prettier-ignore
}

function isSomething({ count, amount, refundedAmount }: Sums): boolean {
  return count !== 0 || amount !== 0 || refundedAmount !== 0;
}

function matching(scope: TenantScope, { days, ...equal }: TallyFilter): Record<string, unknown> {
  const period = days ? { $gte: days.first, $lte: days.last } : ALL_DAYS;
  return { ...tenantFilter(scope), period, ...definedFields(equal) };
}
