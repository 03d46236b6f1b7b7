import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import type { HoldStatus } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import { buyerKeys } from '@paygate/payments-domain';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { definedFields } from '../queries/index.js';
import type { DisputeOfBuyer, HoldRecord, NewHold } from './customer-risk.js';
import { HOLD_MODEL, OPEN_DISPUTE_MODEL } from './customer-risk.schema.js';
import type { HoldRow, OpenDisputeRow } from './customer-risk.schema.js';

export interface HoldFilter {
  status?: HoldStatus;
  email?: string;
  clientId?: string;
}

/** Holds and undecided disputes of one tenant's buyers. */
@Injectable()
export class CustomerRiskRepository {
  constructor(
    @InjectModel(HOLD_MODEL) private readonly holds: Model<HoldRow>,
    @InjectModel(OPEN_DISPUTE_MODEL) private readonly disputes: Model<OpenDisputeRow>,
  ) {}

  async activeHolds(scope: TenantScope, keys: readonly string[]): Promise<HoldRecord[]> {
    const filter = { ...tenantFilter(scope), buyerKeys: { $in: [...keys] }, status: 'active' as const };
    return (await this.holds.find(filter).sort({ createdAt: 1, _id: 1 }).lean<HoldRow[]>()).map(toHold);
  }

  /** The oldest of the buyer's undecided disputes. */
  async openDispute(scope: TenantScope, keys: readonly string[]): Promise<OpenDisputeRow | undefined> {
    const filter = { ...tenantFilter(scope), buyerKeys: { $in: [...keys] } };
    return (await this.disputes.findOne(filter).sort({ openedAt: 1, _id: 1 }).lean<OpenDisputeRow | null>()) ?? undefined;
  }

  async insertHold(scope: TenantScope, hold: NewHold, session: ClientSession): Promise<HoldRecord> {
    const row = rowOf(scope, hold);
    await this.holds.create([definedFields(row)], { session });
    return toHold(row);
  }

  async findHold(scope: TenantScope, id: string): Promise<HoldRecord | undefined> {
    const row = await this.holds.findOne({ _id: id, ...tenantFilter(scope) }).lean<HoldRow | null>();
    return row ? toHold(row) : undefined;
  }

  async list(scope: TenantScope, { status, ...buyer }: HoldFilter, selection: PageSelection): Promise<Page<HoldRecord>> {
    const keys = buyerKeys(buyer);
    const conditions: QueryFilter<HoldRow> = { ...definedFields({ status }), ...(keys.length > 0 ? { buyerKeys: { $all: keys } } : {}) };
    const page = await findPage(this.holds, scope, conditions, selection);
    return { ...page, items: page.items.map(toHold) };
  }

  /** Undefined when there is no such active hold. */
  async release(scope: TenantScope, id: string, now: Date, note?: string): Promise<HoldRecord | undefined> {
    const change = { status: 'released', released: 'by_hand', releasedAt: now, updatedAt: now } as const;
    const row = await this.holds
      .findOneAndUpdate(
        { _id: id, ...tenantFilter(scope), status: 'active' },
        { $set: definedFields({ ...change, note }) },
        { returnDocument: 'after' },
      )
      .lean<HoldRow | null>();
    return row ? toHold(row) : undefined;
  }

  async putOpenDispute(dispute: DisputeOfBuyer, session: ClientSession): Promise<void> {
    const { id, scope, transactionId, externalReference, amount, currency, status, createdAt: openedAt } = dispute;
    const fields = { transactionId, externalReference, amount, currency, status, openedAt, buyerKeys: buyerKeys(dispute) };
    await this.disputes.updateOne({ _id: id, ...tenantFilter(scope) }, { $set: definedFields(fields) }, { upsert: true, session });
  }

  async removeOpenDispute({ id, scope }: DisputeOfBuyer, session: ClientSession): Promise<void> {
    await this.disputes.deleteOne({ _id: id, ...tenantFilter(scope) }, { session });
  }

  /** The hold of a dispute: made once, and never again after somebody has released it; only a won case that is lost after all. */
  async ensureHoldOf(dispute: DisputeOfBuyer, hold: NewHold & { chargebackId: string }, session: ClientSession): Promise<void> {
    const { chargebackId, organizationId, livemode, ...fields } = rowOf(dispute.scope, hold);
    const ofDispute = { chargebackId, organizationId, livemode };
    const { status, reason, updatedAt } = fields;
    await this.holds.updateOne(
      { ...ofDispute, released: 'dispute_won' },
      { $set: { status, reason, updatedAt }, $unset: { released: '', releasedAt: '' } },
      { session },
    );
    await this.holds.updateOne(ofDispute, { $setOnInsert: definedFields(fields) }, { upsert: true, session });
  }

  /** The dispute was won after all. */
  async releaseHoldOf({ id, scope }: DisputeOfBuyer, now: Date, session: ClientSession): Promise<void> {
    await this.holds.updateOne(
      { chargebackId: id, ...tenantFilter(scope), status: 'active' },
      { $set: { status: 'released', released: 'dispute_won', releasedAt: now, updatedAt: now } },
      { session },
    );
  }
}

function rowOf(scope: TenantScope, hold: NewHold): HoldRow {
  const { id, allowedProviderTypes, ...fields } = hold;
  const common = { ...tenantFilter(scope), buyerKeys: buyerKeys(hold), status: 'active' as const, updatedAt: hold.createdAt };
  return { _id: id, ...common, ...fields, allowedProviderTypes: [...allowedProviderTypes] };
}

function toHold(row: HoldRow): HoldRecord {
  const { _id: id, organizationId, livemode, buyerKeys: _keys, released: _released, ...fields } = row;
  return { id, scope: TenantScope.of(organizationId, livemode), ...fields };
}
