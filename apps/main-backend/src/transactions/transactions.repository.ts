import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, Outbox, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { transactionStatusChanged } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, QueryFilter, mongo } from 'mongoose';
import { createdBetween, definedFields } from '../queries/index.js';
import { statusChanged } from './status-changed.js';
import type { FailureRecord, NewTransaction, PaymentMethodRecord, TimelineRecord, TransactionRecord } from './transaction.js';
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

/**
 * The transactions of one tenant. A status is written only together with its event, in the same database transaction, so
 * no change goes untold and nothing is told that did not happen.
 */
@Injectable()
export class TransactionsRepository {
  /** Past mongoose for inserts: rows are typed and complete, and its casting would be the costliest part. */
  private readonly collection: mongo.Collection<TransactionRow>;

  constructor(
    @InjectModel(TRANSACTION_MODEL) private readonly rows: Model<TransactionRow>,
    private readonly outbox: Outbox,
  ) {
    this.collection = rows.db.collection<TransactionRow>(rows.collection.collectionName);
  }

  async insert(
    scope: TenantScope,
    transaction: NewTransaction,
    first: { nextLookUpAt: Date; timeline: TimelineRecord },
    session: ClientSession,
  ): Promise<TransactionRecord> {
    const { id, metadata, ...fields } = transaction;
    const row: TransactionRow = {
      _id: id,
      ...tenantFilter(scope),
      ...fields,
      metadata: { ...metadata },
      status: 'initiated',
      refundedAmount: 0,
      eventVersion: 1,
      timeline: [first.timeline],
      lookUps: 0,
      nextLookUpAt: first.nextLookUpAt,
      updatedAt: transaction.createdAt,
    };
    await this.collection.insertOne(definedFields(row), { session });
    const record = toRecord(row);
    await this.outbox.add(session, transactionStatusChanged, statusChanged(record));
    return record;
  }

  async findById(scope: TenantScope, id: string, session?: ClientSession): Promise<TransactionRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** For buyers, who have no tenant: the id is unguessable (see newTransactionId). Everything after uses the scope it returns. */
  async findByUnguessableId(id: string): Promise<TransactionRecord | undefined> {
    const row = await this.rows.findById(id).lean<TransactionRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async list(scope: TenantScope, filter: TransactionFilter, selection: PageSelection): Promise<Page<TransactionRecord>> {
    const { from, to, ...equal } = filter;
    const conditions: QueryFilter<TransactionRow> = { ...definedFields(equal), ...createdBetween(from, to) };
    const page = await findPage(this.rows, scope, conditions, selection);
    return { ...page, items: page.items.map(toRecord) };
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
      ...(nextLookUpAt ? {} : { nextLookUpAt: '' }),
      ...(facts.redirectUrl ? {} : { redirectUrl: '' }),
      ...(failure ? {} : { failure: '' }),
    };
    const row = await this.rows
      .findOneAndUpdate(
        { _id: from.id, ...tenantFilter(scope), status: from.status, eventVersion: from.eventVersion },
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
    await this.outbox.add(session, transactionStatusChanged, statusChanged(record, from.status));
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
