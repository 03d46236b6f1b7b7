import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Outbox, tenantFilter } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import { vatIdRechecked } from '@paygate/messages';
import type { VatIdCheck } from '@paygate/messages';
import type { ClientSession, Model } from 'mongoose';
import { VAT_ID_RECHECK_MODEL } from './vat-id-recheck.schema.js';
import type { VatIdRecheckRow } from './vat-id-recheck.schema.js';

export interface VatIdToRecheck {
  readonly transactionId: string;
  /** Canonical. */
  readonly vatId: string;
  readonly countryCode: string;
}

export interface DueRecheck extends VatIdToRecheck {
  readonly scope: TenantScope;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** The VAT ids of transactions that are to be asked about again, and what came of it. */
@Injectable()
export class VatIdRechecksRepository {
  constructor(
    @InjectModel(VAT_ID_RECHECK_MODEL) private readonly rows: Model<VatIdRecheckRow>,
    private readonly outbox: Outbox,
  ) {}

  /** In the database transaction that writes the transaction; asking for the same one twice is asking once. */
  async add(
    scope: TenantScope,
    { transactionId, ...vatId }: VatIdToRecheck,
    now: Date,
    recheckAt: Date,
    session: ClientSession,
  ): Promise<void> {
    const row = { ...tenantFilter(scope), ...vatId, attempts: 0, recheckAt, createdAt: now, updatedAt: now };
    await this.rows.updateOne({ _id: transactionId }, { $setOnInsert: row }, { upsert: true, session });
  }

  /** What the service said at last about the VAT id of a transaction; undefined while it has not, or was never asked again. */
  async findOutcome(scope: TenantScope, transactionId: string): Promise<VatIdCheck | undefined> {
    const row = await this.rows.findOne({ _id: transactionId, ...tenantFilter(scope) }).lean<VatIdRecheckRow | null>();
    return row?.outcome;
  }

  /** Takes one that is due and holds it for `leaseMs`: the platform's own work, never a request's. */
  async claimDueOfAllTenants(now: Date, leaseMs: number): Promise<DueRecheck | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        { recheckAt: { $lte: now } },
        { $set: { recheckAt: new Date(now.getTime() + leaseMs), updatedAt: now }, $inc: { attempts: 1 } },
        { sort: { recheckAt: 1 }, returnDocument: 'after' },
      )
      .lean<VatIdRecheckRow | null>();
    if (!row) return undefined;
    const { _id: transactionId, organizationId, livemode, vatId, countryCode, attempts, createdAt } = row;
    return { transactionId, scope: TenantScope.of(organizationId, livemode), vatId, countryCode, attempts, createdAt };
  }

  /** @param recheckAt absent: never again */
  async postpone(scope: TenantScope, transactionId: string, recheckAt: Date | undefined, now: Date): Promise<void> {
    const change = recheckAt ? { $set: { recheckAt, updatedAt: now } } : { $set: { updatedAt: now }, $unset: { recheckAt: '' as const } };
    await this.rows.updateOne({ _id: transactionId, ...tenantFilter(scope), outcome: { $exists: false } }, change);
  }

  /** Writes the answer together with its event, once. */
  async settle(scope: TenantScope, transactionId: string, outcome: VatIdCheck, now: Date, session: ClientSession): Promise<void> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: transactionId, ...tenantFilter(scope), outcome: { $exists: false } },
      { $set: { outcome, updatedAt: now }, $unset: { recheckAt: '' } },
      { session },
    );
    if (modifiedCount === 0) return;
    await this.outbox.add(session, vatIdRechecked, { ...tenantFilter(scope), transactionId, check: outcome });
  }
}
