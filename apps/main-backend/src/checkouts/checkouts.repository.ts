import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, MicroBatch, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { CheckoutStatus } from '@paygate/payments-domain';
import { mongo } from 'mongoose';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { createdBetween, definedFields } from '../queries/index.js';
import type { CheckoutRecord, NewCheckout } from './checkout.js';
import { CHECKOUT_MODEL } from './checkout.schema.js';
import type { CheckoutRow } from './checkout.schema.js';

export interface CheckoutFilter {
  status?: CheckoutStatus;
  currency?: string;
  from?: string;
  to?: string;
  siteId?: string;
  clientId?: string;
  externalReference?: string;
}

interface Insertion {
  readonly row: CheckoutRow;
  /** Set when this row could not be stored. */
  failure?: Error;
}

interface Superseding {
  readonly filter: mongo.Filter<CheckoutRow>;
  readonly update: mongo.Document[];
}

const MOST_AT_ONCE = 64;

/** A change of status and what is written with it. */
export interface CheckoutMove {
  to: CheckoutStatus;
  transactionId?: string;
  completedAt?: Date;
}

/**
 * The checkouts of one tenant. `findByShortCode` and `findBySession` take no tenant: a buyer has none, and the unguessable
 * code is itself the permission to see and pay this one checkout. Everything after them uses the scope of what they return.
 */
@Injectable()
export class CheckoutsRepository {
  /** Past mongoose where a checkout is created: rows are typed and complete, and its casting would be the costliest part. */
  private readonly collection: mongo.Collection<CheckoutRow>;
  /** Checkouts of many shops are created at once; those that arrive during a command share the next one. */
  private readonly inserts = new MicroBatch<Insertion>({ maxSize: MOST_AT_ONCE, run: (group) => this.insertTogether(group) });
  private readonly supersedings = new MicroBatch<Superseding>({
    maxSize: MOST_AT_ONCE,
    run: async (group) => {
      await this.collection.bulkWrite(
        group.map(({ filter, update }) => ({ updateMany: { filter, update } })),
        { ordered: false },
      );
    },
  });

  constructor(@InjectModel(CHECKOUT_MODEL) private readonly rows: Model<CheckoutRow>) {
    this.collection = rows.db.collection<CheckoutRow>(rows.collection.collectionName);
  }

  /** @throws the driver's duplicate key error when a code is taken */
  async insert(scope: TenantScope, checkout: NewCheckout, session?: ClientSession): Promise<CheckoutRecord> {
    const { id, items, metadata, ...fields } = checkout;
    const row: CheckoutRow = {
      _id: id,
      ...tenantFilter(scope),
      ...fields,
      status: 'open',
      items: [...items],
      metadata: { ...metadata },
      updatedAt: checkout.createdAt,
    };
    if (session) {
      await this.collection.insertOne(definedFields(row), { session });
    } else {
      const insertion: Insertion = { row: definedFields(row) };
      await this.inserts.add(insertion);
      if (insertion.failure) throw insertion.failure;
    }
    return toRecord(row);
  }

  /**
   * Closes the older checkouts of a site's reference: open ones become cancelled. One that is being paid keeps its status,
   * because money may be on its way; it only learns which checkout replaced it, and closes when its attempt has failed.
   */
  async supersedeOlder(
    scope: TenantScope,
    newer: Pick<NewCheckout, 'id' | 'siteId' | 'externalReference' | 'createdAt'>,
    session?: ClientSession,
  ): Promise<void> {
    const superseding: Superseding = {
      filter: {
        ...tenantFilter(scope),
        externalReference: newer.externalReference,
        siteId: newer.siteId,
        status: { $in: ['open', 'processing'] },
        // Of two made at once exactly one is the newer, so they never close each other.
        $or: [{ createdAt: { $lt: newer.createdAt } }, { createdAt: newer.createdAt, _id: { $lt: newer.id } }],
      },
      update: [
        {
          $set: {
            supersededBy: newer.id,
            updatedAt: newer.createdAt,
            status: { $cond: [{ $eq: ['$status', 'open'] }, 'cancelled', '$status'] },
          },
        },
      ],
    };
    if (session) await this.collection.updateMany(superseding.filter, superseding.update, { session });
    else await this.supersedings.add(superseding);
  }

  private async insertTogether(group: Insertion[]): Promise<void> {
    try {
      await this.collection.insertMany(
        group.map(({ row }) => row),
        { ordered: false },
      );
    } catch (error) {
      const failures = failuresOf(error);
      group.forEach((insertion, index) => (insertion.failure = failures.get(index)));
    }
  }

  async findById(scope: TenantScope, id: string, session?: ClientSession): Promise<CheckoutRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<CheckoutRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** In no certain order. */
  async findByIds(scope: TenantScope, ids: readonly string[]): Promise<CheckoutRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.rows.find({ _id: { $in: [...ids] }, ...tenantFilter(scope) }).lean<CheckoutRow[]>();
    return rows.map(toRecord);
  }

  async findByShortCode(shortCode: string): Promise<CheckoutRecord | undefined> {
    const row = await this.rows.findOne({ shortCode }).lean<CheckoutRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async findBySession(sessionPublicId: string): Promise<CheckoutRecord | undefined> {
    const row = await this.rows.findOne({ sessionPublicId }).lean<CheckoutRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async list(scope: TenantScope, filter: CheckoutFilter, selection: PageSelection): Promise<Page<CheckoutRecord>> {
    const { from, to, ...equal } = filter;
    const conditions: QueryFilter<CheckoutRow> = { ...definedFields(equal), ...createdBetween(from, to) };
    const page = await findPage(this.rows, scope, conditions, selection);
    return { ...page, items: page.items.map(toRecord) };
  }

  async replaceMetadata(scope: TenantScope, id: string, metadata: Record<string, string>, now: Date): Promise<CheckoutRecord | undefined> {
    const row = await this.rows
      .findOneAndUpdate({ _id: id, ...tenantFilter(scope) }, { $set: { metadata, updatedAt: now } }, { returnDocument: 'after' })
      .lean<CheckoutRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** Gives an open checkout to a new attempt. False when it is not open any more, or its time is over. */
  async beginAttempt(scope: TenantScope, id: string, transactionId: string, now: Date, session: ClientSession): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, ...tenantFilter(scope), status: 'open', expiresAt: { $gt: now } },
      { $set: { status: 'processing', transactionId, updatedAt: now } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Moves a checkout on from the state it was read in; false when it has changed since. */
  async move(
    scope: TenantScope,
    from: Pick<CheckoutRecord, 'id' | 'status' | 'transactionId'>,
    { to, ...patch }: CheckoutMove,
    now: Date,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: from.id, ...tenantFilter(scope), status: from.status, transactionId: from.transactionId ?? { $exists: false } },
      { $set: { status: to, updatedAt: now, ...definedFields(patch) } },
      { session },
    );
    return modifiedCount === 1;
  }
}

/** One row whose code is taken must not fail the others: they are stored, and only it is told. */
function failuresOf(error: unknown): ReadonlyMap<number, Error> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  return new Map(failures.map(({ index, code, errmsg }) => [index, new mongo.MongoServerError({ code, message: errmsg })]));
}

export function toRecord(row: CheckoutRow): CheckoutRecord {
  const { _id, organizationId, livemode, ...fields } = row;
  return { id: _id, scope: TenantScope.of(organizationId, livemode), ...fields };
}
