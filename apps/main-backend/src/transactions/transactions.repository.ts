import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, Outbox, splitPeriod, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { transactionStatusChanged } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, QueryFilter, mongo } from 'mongoose';
import { createdBetween, createdWithin, definedFields } from '../queries/index.js';
import { TransactionTallies } from '../transaction-tallies/index.js';
import { TransactionTaxes } from '../transaction-taxes/index.js';
import { statusChanged } from './status-changed.js';
import type {
  DisputeShare,
  FailureRecord,
  NewTransaction,
  PaymentMethodRecord,
  RefundShare,
  TimelineRecord,
  TransactionRecord,
} from './transaction.js';
import { toRecord } from './transaction-mapper.js';
import { TRANSACTION_MODEL } from './transaction.schema.js';
import type { TransactionRow } from './transaction.schema.js';

export interface TransactionFilter {
  status?: TransactionStatus;
  currency?: string;
  from?: string;
  to?: string;
  siteId?: string;
  providerId?: string;
  clientId?: string;
  checkoutId?: string;
  externalReference?: string;
}

/** What a provider told us beside its word. */
export interface ProviderFacts {
  providerReference?: string;
  redirectUrl?: string;
  paymentMethod?: PaymentMethodRecord;
}

/** How a transaction begins: in the status of the first line of its timeline. */
export interface FirstState {
  timeline: TimelineRecord;
  /** Undecided transactions need one. */
  nextLookUpAt?: Date;
  paymentMethod?: PaymentMethodRecord;
  succeededAt?: Date;
}

/** A change of status, what is written with it, and what the timeline says. */
export interface TransactionMove {
  to: TransactionStatus;
  facts: ProviderFacts;
  failure?: FailureRecord;
  succeededAt?: Date;
  /** When to ask the provider next; undecided transactions need one. */
  nextLookUpAt?: Date;
  timeline: readonly TimelineRecord[];
}

const NOT_DELETED = { deletedAt: { $exists: false } } as const;

/** What refunds and disputes have made of a paid transaction. */
export interface MoneyChange {
  /** May be the one it has. */
  status: TransactionStatus;
  refunds: readonly RefundShare[];
  chargebacks: readonly DisputeShare[];
  refundedAmount: number;
  entry: TimelineRecord;
}

/**
 * The transactions of one tenant. A status is written only together with its event, in the same database transaction, so
 * no change goes untold and nothing is told that did not happen. So are the tallies with every change of status, amount or
 * refunded amount: they count exactly what is here. So is the tax that a change means.
 */
@Injectable()
export class TransactionsRepository {
  /** Past mongoose for inserts: rows are typed and complete, and its casting would be the costliest part. */
  private readonly collection: mongo.Collection<TransactionRow>;

  constructor(
    @InjectModel(TRANSACTION_MODEL) private readonly rows: Model<TransactionRow>,
    private readonly outbox: Outbox,
    private readonly tallies: TransactionTallies,
    private readonly taxes: TransactionTaxes,
  ) {
    this.collection = rows.db.collection<TransactionRow>(rows.collection.collectionName);
  }

  async insert(scope: TenantScope, transaction: NewTransaction, first: FirstState, session: ClientSession): Promise<TransactionRecord> {
    const { id, metadata, ...fields } = transaction;
    const row: TransactionRow = {
      _id: id,
      ...tenantFilter(scope),
      ...fields,
      metadata: { ...metadata },
      status: first.timeline.status,
      refundedAmount: 0,
      eventVersion: 1,
      timeline: [definedFields(first.timeline)],
      lookUps: 0,
      nextLookUpAt: first.nextLookUpAt,
      paymentMethod: first.paymentMethod,
      succeededAt: first.succeededAt,
      updatedAt: transaction.createdAt,
    };
    await this.collection.insertOne(definedFields(row), { session });
    const record = toRecord(row);
    await this.tallies.change(undefined, record, session);
    await this.outbox.add(session, transactionStatusChanged, statusChanged(record));
    await this.taxes.follow(undefined, record, record.createdAt, session);
    return record;
  }

  async findById(scope: TenantScope, id: string, session?: ClientSession): Promise<TransactionRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** By the payment's id at a provider account. */
  async findByProviderReference(scope: TenantScope, providerId: string, providerReference: string): Promise<TransactionRecord | undefined> {
    const row = await this.rows.findOne({ providerId, providerReference, ...tenantFilter(scope) }).lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** For buyers, who have no tenant: the id is unguessable (see newTransactionId). Everything after uses the scope it returns. */
  async findByUnguessableId(id: string): Promise<TransactionRecord | undefined> {
    const row = await this.rows.findById(id).lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** What its owner sees: not what the owner has deleted. */
  async findListed(scope: TenantScope, id: string): Promise<TransactionRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope), ...NOT_DELETED }).lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async list(scope: TenantScope, filter: TransactionFilter, selection: PageSelection): Promise<Page<TransactionRecord>> {
    const { from, to, ...equal } = filter;
    const conditions: QueryFilter<TransactionRow> = { ...definedFields(equal), ...createdBetween(from, to), ...NOT_DELETED };
    const total = (): Promise<number> => this.count(scope, filter);
    const page = await findPage(this.rows, scope, conditions, selection, { total });
    return { ...page, items: page.items.map(toRecord) };
  }

  /** How many there are. Whole days are summed already; only what is rare, and parts of days, is looked at. */
  async count(scope: TenantScope, filter: TransactionFilter): Promise<number> {
    const { from, to, clientId, checkoutId, externalReference, ...tallied } = filter;
    const rare = definedFields({ clientId, checkoutId, externalReference });
    const mine: QueryFilter<TransactionRow> = { ...definedFields(tallied), ...rare, ...NOT_DELETED, ...tenantFilter(scope) };
    if (Object.keys(rare).length > 0) return this.rows.countDocuments({ ...mine, ...createdBetween(from, to) });
    if (from === undefined && to === undefined) return this.tallies.count(scope, tallied);
    const period = createdWithin(from, to);
    const { days, rest } = splitPeriod(period.from, period.until);
    const counts = await Promise.all([
      days ? this.tallies.count(scope, { ...tallied, days }) : 0,
      ...rest.map(({ from: start, until }) => this.rows.countDocuments({ ...mine, createdAt: { $gte: start, $lt: until } })),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Moves a transaction on from the status and version it was read in; undefined when it has changed since. */
  async move(
    scope: TenantScope,
    from: TransactionRecord,
    move: TransactionMove,
    now: Date,
    session: ClientSession,
  ): Promise<TransactionRecord | undefined> {
    const { to, facts, failure, succeededAt, nextLookUpAt, timeline } = move;
    const gone = {
      // Money that came in after all is shown again.
      ...(from.deletedAt ? { deletedAt: '' } : {}),
      ...(nextLookUpAt ? {} : { nextLookUpAt: '' }),
      ...(facts.redirectUrl ? {} : { redirectUrl: '' }),
      ...(failure ? {} : { failure: '' }),
    };
    const row = await this.rows
      .findOneAndUpdate(
        {
          ...{ _id: from.id, ...tenantFilter(scope), status: from.status, eventVersion: from.eventVersion },
          deletedAt: from.deletedAt ?? { $exists: false },
        },
        {
          $set: { status: to, updatedAt: now, ...definedFields({ ...facts, failure, succeededAt, nextLookUpAt }) },
          ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}),
          $inc: { eventVersion: 1 },
          $push: { timeline: { $each: timeline.map(definedFields) } },
        },
        { session, returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    if (!row) return undefined;
    const record = toRecord(row);
    await this.tallies.change(from, record, session);
    await this.outbox.add(session, transactionStatusChanged, statusChanged(record, from.status));
    await this.taxes.follow(from, record, now, session);
    return record;
  }

  async replaceMetadata(
    scope: TenantScope,
    id: string,
    metadata: Record<string, string>,
    now: Date,
  ): Promise<TransactionRecord | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        { _id: id, ...tenantFilter(scope), ...NOT_DELETED },
        { $set: { metadata, updatedAt: now } },
        { returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** Takes a transaction out of the lists as it was read; false when it has changed since. */
  async markDeleted(scope: TenantScope, from: TransactionRecord, entry: TimelineRecord, session: ClientSession): Promise<boolean> {
    const { at } = entry;
    const { modifiedCount } = await this.rows.updateOne(
      { _id: from.id, ...tenantFilter(scope), status: from.status, eventVersion: from.eventVersion, ...NOT_DELETED },
      { $set: { deletedAt: at, updatedAt: at }, $push: { timeline: definedFields(entry) } },
      { session },
    );
    if (modifiedCount === 0) return false;
    const deleted = { ...from, deletedAt: at };
    await this.tallies.change(from, deleted, session);
    await this.taxes.follow(from, deleted, at, session);
    return true;
  }

  /** Changes what is left of a paid transaction, if nobody has done so since it was read; undefined when somebody has. */
  async moveMoney(
    scope: TenantScope,
    from: TransactionRecord,
    { status, refunds, chargebacks, refundedAmount, entry }: MoneyChange,
    now: Date,
    session: ClientSession,
  ): Promise<TransactionRecord | undefined> {
    const moves = status !== from.status;
    // Absent until money first goes back, which null finds.
    const moneyVersion = from.moneyVersion === 0 ? null : from.moneyVersion;
    const row = await this.rows
      .findOneAndUpdate(
        { _id: from.id, ...tenantFilter(scope), status: from.status, eventVersion: from.eventVersion, moneyVersion },
        {
          $set: { status, refunds: [...refunds], chargebacks: [...chargebacks], refundedAmount, updatedAt: now },
          $inc: { moneyVersion: 1, eventVersion: moves ? 1 : 0 },
          $push: { timeline: definedFields(entry) },
        },
        { session, returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    if (!row) return undefined;
    const record = toRecord(row);
    await this.tallies.change(from, record, session);
    await this.taxes.follow(from, record, now, session);
    if (moves) await this.outbox.add(session, transactionStatusChanged, statusChanged(record, from.status));
    return record;
  }

  /** Keeps what a provider told us although the status stays. Undefined when the status has changed since. */
  async keepFacts(scope: TenantScope, of: TransactionRecord, facts: ProviderFacts, now: Date): Promise<TransactionRecord | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        { _id: of.id, ...tenantFilter(scope), status: of.status, eventVersion: of.eventVersion },
        { $set: { updatedAt: now, ...definedFields(facts) } },
        { returnDocument: 'after' },
      )
      .lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** Adds to the timeline, unless it says the very same already: a provider may repeat a contradiction for days. */
  async addOnce(scope: TenantScope, id: string, entry: TimelineRecord, session?: ClientSession): Promise<boolean> {
    const { type, detail } = entry;
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, ...tenantFilter(scope), timeline: { $not: { $elemMatch: { type, detail } } } },
      { $push: { timeline: definedFields(entry) } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** True for one caller per interval: buyers' pages poll us, and must not make us poll the provider as often. */
  async claimPoll(scope: TenantScope, id: string, now: Date, minIntervalMs: number): Promise<boolean> {
    const before = new Date(now.getTime() - minIntervalMs);
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, ...tenantFilter(scope), $or: [{ polledAt: { $exists: false } }, { polledAt: { $lte: before } }] },
      { $set: { polledAt: now } },
    );
    return modifiedCount === 1;
  }
}
