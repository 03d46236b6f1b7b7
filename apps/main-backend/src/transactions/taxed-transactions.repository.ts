import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { decodeCursor, encodeCursor } from '@paygate/nest-kit';
import type { Page } from '@paygate/nest-kit';
import { isPaid, TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { createdBetween, definedFields } from '../queries/index.js';
import { TransactionTaxes } from '../transaction-taxes/index.js';
import type { TimelineRecord, TransactionRecord } from './transaction.js';
import { toRecord } from './transaction-mapper.js';
import { TRANSACTION_MODEL } from './transaction.schema.js';
import type { TransactionRow } from './transaction.schema.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Which paid transactions; bounds of their creation. */
export interface PaidFilter {
  from?: string;
  to?: string;
  siteId?: string;
}

const PAID = TRANSACTION_STATUSES.filter(isPaid);

/** What deciding about tax once more needs of one tenant's transactions. */
@Injectable()
export class TaxedTransactionsRepository {
  constructor(
    @InjectModel(TRANSACTION_MODEL) private readonly rows: Model<TransactionRow>,
    private readonly taxes: TransactionTaxes,
    private readonly transactions: TransactionsRepository,
  ) {}

  /** Makes another decision the one that holds, and tells what follows; undefined when the transaction has changed since. */
  async useTaxVersion(
    scope: TenantScope,
    from: TransactionRecord,
    taxVersion: number,
    entry: TimelineRecord,
    session: ClientSession,
  ): Promise<TransactionRecord | undefined> {
    const { id, status, eventVersion } = from;
    const moneyVersion = from.moneyVersion === 0 ? null : from.moneyVersion;
    const row = await this.rows
      .findOneAndUpdate(
        { _id: id, ...tenantFilter(scope), status, eventVersion, moneyVersion, taxVersion: from.taxVersion ?? null },
        { $set: { taxVersion, updatedAt: entry.at }, $push: { timeline: definedFields(entry) } },
        { session, returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    if (!row) return undefined;
    const record = toRecord(row);
    await this.taxes.follow(from, record, entry.at, session);
    return record;
  }

  /** Paid ones, oldest first: by number of the page, or after the cursor of an earlier one. */
  async listPaid(scope: TenantScope, filter: PaidFilter, selection: PageSelection): Promise<Page<TransactionRecord>> {
    const { from, to, siteId } = filter;
    const mine: QueryFilter<TransactionRow> = {
      ...tenantFilter(scope),
      ...definedFields({ siteId }),
      ...createdBetween(from, to),
      deletedAt: { $exists: false },
      status: { $in: PAID },
    };
    const { page, limit, cursor } = selection;
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const range: QueryFilter<TransactionRow> = after
      ? { ...mine, $and: [{ createdAt: { $gte: after.at } }, { $or: [{ createdAt: { $gt: after.at } }, { _id: { $gt: after.id } }] }] }
      : mine;
    const rows = await this.rows
      .find(range)
      .sort({ createdAt: 1, _id: 1 })
      .skip(after ? 0 : (page - 1) * limit)
      .limit(limit + 1)
      .lean<TransactionRow[]>();
    const items = rows.slice(0, limit).map(toRecord);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : undefined;
    const counts = await Promise.all(PAID.map((status) => this.transactions.count(scope, { status, ...filter })));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return { items, total, page, limit, ...(nextCursor === undefined ? {} : { nextCursor }) };
  }
}
