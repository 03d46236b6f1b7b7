import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, Outbox, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import { chargebackStatusChanged } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import type { ChargebackStatus } from '@paygate/payments-domain';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { FollowDispute } from '../customer-risk/index.js';
import { createdBetween, definedFields } from '../queries/index.js';
import type { ChargebackRecord, NewChargeback } from './chargeback.js';
import { CHARGEBACK_MODEL } from './chargeback.schema.js';
import type { ChargebackRow } from './chargeback.schema.js';
import { statusChanged } from './status-changed.js';

export interface ChargebackFilter {
  transactionId?: string;
  status?: ChargebackStatus;
  currency?: string;
  from?: string;
  to?: string;
  siteId?: string;
  providerId?: string;
  clientId?: string;
}

/** How a chargeback stands from now on; what is absent stays as it was. */
export interface ChargebackMove {
  to: ChargebackStatus;
  since: Date;
  /** Absent: open again, or still. */
  closedAt?: Date;
  amount?: number;
  currency?: string;
  reason?: string;
  evidenceDueBy?: Date;
}

/**
 * The chargebacks of one tenant. A status is written only together with its event and with what it means for the buyer, in the
 * same database transaction.
 */
@Injectable()
export class ChargebacksRepository {
  constructor(
    @InjectModel(CHARGEBACK_MODEL) private readonly rows: Model<ChargebackRow>,
    private readonly outbox: Outbox,
    private readonly followDispute: FollowDispute,
  ) {}

  async insert(scope: TenantScope, chargeback: NewChargeback, session: ClientSession): Promise<ChargebackRecord> {
    const { id, ...fields } = chargeback;
    const row: ChargebackRow = { _id: id, ...tenantFilter(scope), ...fields, updatedAt: chargeback.createdAt };
    await this.rows.create([definedFields(row)], { session });
    const record = toRecord(row);
    await this.outbox.add(session, chargebackStatusChanged, statusChanged(record));
    await this.followDispute.execute(record, session);
    return record;
  }

  async findById(scope: TenantScope, id: string, session?: ClientSession): Promise<ChargebackRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<ChargebackRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** By the dispute's id at a provider account. */
  async findByProviderReference(
    scope: TenantScope,
    providerId: string,
    providerReference: string,
    session?: ClientSession,
  ): Promise<ChargebackRecord | undefined> {
    const row = await this.rows
      .findOne({ providerId, providerReference, ...tenantFilter(scope) }, null, { session })
      .lean<ChargebackRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async list(scope: TenantScope, filter: ChargebackFilter, selection: PageSelection): Promise<Page<ChargebackRecord>> {
    const { from, to, ...equal } = filter;
    const conditions: QueryFilter<ChargebackRow> = { ...definedFields(equal), ...createdBetween(from, to) };
    const page = await findPage(this.rows, scope, conditions, selection);
    return { ...page, items: page.items.map(toRecord) };
  }

  /** Moves a chargeback on from the status it was read in; undefined when it has changed since. */
  async move(from: ChargebackRecord, move: ChargebackMove, now: Date, session: ClientSession): Promise<ChargebackRecord | undefined> {
    const { to, closedAt, ...facts } = move;
    const row = await this.rows
      .findOneAndUpdate(
        { _id: from.id, ...tenantFilter(from.scope), status: from.status, since: from.since },
        {
          $set: { status: to, updatedAt: now, ...definedFields({ ...facts, closedAt }) },
          ...(closedAt ? {} : { $unset: { closedAt: '' } }),
        },
        { session, returnDocument: 'after' },
      )
      .lean<ChargebackRow | null>();
    if (!row) return undefined;
    const record = toRecord(row);
    if (to !== from.status) await this.outbox.add(session, chargebackStatusChanged, statusChanged(record, from.status));
    await this.followDispute.execute(record, session);
    return record;
  }
}

function toRecord(row: ChargebackRow): ChargebackRecord {
  const { _id, organizationId, livemode, ...fields } = row;
  return { id: _id, scope: TenantScope.of(organizationId, livemode), ...fields };
}
