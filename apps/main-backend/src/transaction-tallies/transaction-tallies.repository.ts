import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter, Transactions } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { isPaid, TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, mongo, PipelineStage } from 'mongoose';
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

type Sums = Pick<TallyRow, 'count' | 'amount' | 'refundedAmount'>;
type Group<K extends keyof TallyRow> = Pick<TallyRow, K> & Sums;

/** The same transactions seen from three sides; providers and days of those that were paid only. Each in the order of its key. */
export interface SumsOfDays {
  byStatus: Group<'currency' | 'status'>[];
  byProvider: Group<'currency' | 'providerId' | 'providerType'>[];
  byDay: Group<'period' | 'currency'>[];
}

/** As the database answers. */
type Grouped = Record<keyof SumsOfDays, (Sums & { _id: object })[]>;

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

  /** One walk over the days, summed by the database: what comes back is as much as there are statuses, providers and days. */
  async sums(scope: TenantScope, filter: TallyFilter & Required<Pick<TallyFilter, 'days'>>): Promise<SumsOfDays> {
    const paid = { $match: { status: { $in: PAID } } };
    const facets = {
      byStatus: summedBy('currency', 'status'),
      byProvider: [paid, ...summedBy('currency', 'providerId', 'providerType')],
      byDay: [paid, ...summedBy('period', 'currency')],
    };
    const [found] = await this.database.run((session) =>
      this.rows.aggregate<Grouped>([{ $match: matching(scope, filter) }, { $facet: facets }]).session(session),
    );
    const { byStatus = [], byProvider = [], byDay = [] } = found ?? {};
    return { byStatus: flat(byStatus), byProvider: flat(byProvider), byDay: flat(byDay) };
  }
}

function summedBy(...fields: (keyof TallyRow)[]): (PipelineStage.Group | PipelineStage.Sort)[] {
  const sums = { count: { $sum: '$count' }, amount: { $sum: '$amount' }, refundedAmount: { $sum: '$refundedAmount' } };
  return [{ $group: { _id: Object.fromEntries(fields.map((field) => [field, `$${field}`])), ...sums } }, { $sort: { _id: 1 } }];
}

/** Without what has come to nothing, as when all transactions of a group have moved on. */
function flat<T extends Sums>(groups: Grouped[keyof Grouped]): T[] {
  return groups
    .filter(({ count, amount, refundedAmount }) => count || amount || refundedAmount)
    .map(({ _id, ...sums }) => ({ ..._id, ...sums }) as T);
}

function matching(scope: TenantScope, { days, ...equal }: TallyFilter): Record<string, unknown> {
  const period = days ? { $gte: days.first, $lte: days.last } : ALL_DAYS;
  return { ...tenantFilter(scope), period, ...definedFields(equal) };
}
