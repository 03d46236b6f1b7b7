import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { mergeSums, Rollup, Transactions } from '@paygate/data-kit';
import type { Days } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { isPaid, TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { ClientSession, Model } from 'mongoose';
import { definedFields } from '../queries/index.js';
import { TALLY_DIMENSIONS, TALLY_FIGURES, tallyChanges } from './tally.js';
import type { Tallied, TallyDimensions, TallyFigure, TallySums } from './tally.js';
import { TALLY_MODEL } from './tally.schema.js';
import type { TallyRow } from './tally.schema.js';

/** Which transactions to sum. */
export interface TallyFilter {
  siteId?: string;
  providerId?: string;
  status?: TransactionStatus;
  currency?: string;
  /** Days of creation, both included; every day when absent. */
  days?: Days;
}

type Group<K extends keyof TallyDimensions> = Pick<TallyDimensions, K> & TallySums;

export interface DaysFilter extends Days {
  siteId?: string;
}

/** The same transactions seen from two sides; providers of those that were paid only. Each in the order of its key. */
export interface SumsOfDays {
  byStatus: Group<'currency' | 'status'>[];
  byProvider: Group<'currency' | 'providerId' | 'providerType'>[];
}

const PAID = TRANSACTION_STATUSES.filter(isPaid);

/**
 * How many transactions a tenant has and what they come to, kept exact with every change of a transaction, in its own database
 * transaction. Counting costs as much as there are days, sites, providers, statuses and currencies, however many transactions.
 */
@Injectable()
export class TransactionTallies {
  private readonly rollup: Rollup<TallyDimensions, TallyFigure>;

  constructor(
    @InjectModel(TALLY_MODEL) rows: Model<TallyRow>,
    private readonly database: Transactions,
  ) {
    this.rollup = new Rollup(rows, database, { dimensions: TALLY_DIMENSIONS, figures: TALLY_FIGURES });
  }

  /** Counts a change of a transaction; undefined before it was made. Only rows are added, so nobody waits for anybody. */
  async change(before: Tallied | undefined, after: Tallied, session: ClientSession): Promise<void> {
    await this.rollup.add(tallyChanges(before, after), session);
  }

  async count(scope: TenantScope, { days, ...equal }: TallyFilter): Promise<number> {
    const [sum] = await this.database.run((session) => this.rollup.sums(scope, definedFields(equal), days, [], session));
    return sum?.count ?? 0;
  }

  /** Whole months are read as such, so a year costs little more than a month. */
  async sums(scope: TenantScope, { siteId, ...days }: DaysFilter): Promise<SumsOfDays> {
    const by = ['currency', 'status', 'providerId', 'providerType'] as const;
    const rows = await this.database.run((session) => this.rollup.sums(scope, definedFields({ siteId }), days, by, session));
    const paid = rows.filter(({ status }) => isPaid(status));
    return {
      byStatus: mergeSums(rows, ['currency', 'status'], TALLY_FIGURES) as SumsOfDays['byStatus'],
      byProvider: mergeSums(paid, ['currency', 'providerId', 'providerType'], TALLY_FIGURES) as SumsOfDays['byProvider'],
    };
  }

  /** What was paid, by the day it was begun; days without are left out. */
  async paidByDay(scope: TenantScope, { siteId, ...days }: DaysFilter): Promise<(Group<'currency'> & { day: string })[]> {
    const where = { ...definedFields({ siteId }), status: { $in: PAID } };
    return this.database.run((session) => this.rollup.sumsByDay(scope, where, days, ['currency'], session));
  }
}
