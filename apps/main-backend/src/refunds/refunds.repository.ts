import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, Outbox, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { refundStatusChanged } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import type { RefundStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { createdBetween, definedFields } from '../queries/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import type { NewRefund, RefundFailure, RefundRecord } from './refund.js';
import { toRecord } from './refund-mapper.js';
import { REFUND_MODEL } from './refund.schema.js';
import type { RefundRow } from './refund.schema.js';
import { statusChanged } from './status-changed.js';

export interface RefundFilter {
  transactionId?: string;
  status?: RefundStatus;
  currency?: string;
  from?: string;
  to?: string;
  siteId?: string;
  providerId?: string;
}

/** How a refund stands from now on. */
export interface RefundMove {
  to: RefundStatus;
  /** Of a refund made at the provider the provider's amount holds. */
  amount: number;
  providerReference?: string;
  failure?: RefundFailure;
  since?: Date;
  /** When to ask the provider next; undecided refunds need one. */
  nextLookUpAt?: Date;
}

/** The refunds of one tenant. A status is written only together with its event, in the same database transaction. */
@Injectable()
export class RefundsRepository {
  constructor(
    @InjectModel(REFUND_MODEL) private readonly rows: Model<RefundRow>,
    private readonly outbox: Outbox,
  ) {}

  /** @param of the transaction as it stands with this refund */
  async insert(of: TransactionRecord, refund: NewRefund, session: ClientSession): Promise<RefundRecord> {
    const { id, ...fields } = refund;
    const row: RefundRow = { _id: id, ...tenantFilter(of.scope), ...fields, lookUps: 0, updatedAt: refund.createdAt };
    await this.rows.create([definedFields(row)], { session });
    const record = toRecord(row);
    await this.outbox.add(session, refundStatusChanged, statusChanged(record, of));
    return record;
  }

  async findById(scope: TenantScope, id: string, session?: ClientSession): Promise<RefundRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<RefundRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** By the refund's id at a provider account. */
  async findByProviderReference(
    scope: TenantScope,
    providerId: string,
    providerReference: string,
    session?: ClientSession,
  ): Promise<RefundRecord | undefined> {
    const row = await this.rows
      .findOne({ providerId, providerReference, ...tenantFilter(scope) }, null, { session })
      .lean<RefundRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** Whether the provider has not yet named a refund of this amount that we asked for. */
  async hasUnnamed(scope: TenantScope, transactionId: string, amount: number, session: ClientSession): Promise<boolean> {
    const unnamed = { transactionId, amount, status: 'pending', origin: 'merchant', providerReference: { $exists: false } } as const;
    return (await this.rows.exists({ ...unnamed, ...tenantFilter(scope) }).session(session)) !== null;
  }

  async list(scope: TenantScope, filter: RefundFilter, selection: PageSelection): Promise<Page<RefundRecord>> {
    const { from, to, ...equal } = filter;
    const conditions: QueryFilter<RefundRow> = { ...definedFields(equal), ...createdBetween(from, to) };
    const page = await findPage(this.rows, scope, conditions, selection);
    return { ...page, items: page.items.map(toRecord) };
  }

  /**
   * Moves a refund on from the status it was read in; undefined when it has changed since.
   * @param of the transaction as it stands with this change
   */
  async move(
    of: TransactionRecord,
    from: RefundRecord,
    move: RefundMove,
    now: Date,
    session: ClientSession,
  ): Promise<RefundRecord | undefined> {
    const { to, amount, providerReference, failure, since, nextLookUpAt } = move;
    const gone = { ...(nextLookUpAt ? {} : { nextLookUpAt: '' }), ...(failure ? {} : { failure: '' }) };
    const row = await this.rows
      .findOneAndUpdate(
        { _id: from.id, ...tenantFilter(from.scope), status: from.status, since: from.since ?? null },
        {
          $set: { status: to, amount, updatedAt: now, ...definedFields({ providerReference, failure, since, nextLookUpAt }) },
          ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}),
        },
        { session, returnDocument: 'after' },
      )
      .lean<RefundRow | null>();
    if (!row) return undefined;
    const record = toRecord(row);
    if (to !== from.status) await this.outbox.add(session, refundStatusChanged, statusChanged(record, of, from.status));
    return record;
  }
}
