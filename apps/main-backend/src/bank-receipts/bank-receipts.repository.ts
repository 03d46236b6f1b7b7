import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import type { BankReceiptState } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import type { ReceiptSource } from '@paygate/payments-domain';
import type { ClientSession, Model } from 'mongoose';
import { definedFields } from '../queries/index.js';
import type { BankReceiptRecord, NewBankReceipt } from './bank-receipt.js';
import { BANK_RECEIPT_MODEL } from './bank-receipt.schema.js';
import type { BankReceiptRow } from './bank-receipt.schema.js';

export interface BankReceiptFilter {
  state?: BankReceiptState;
  providerId?: string;
  transactionId?: string;
}

/** Money that came in, of one tenant. An entry is stored once, whoever tells of it how often. */
@Injectable()
export class BankReceiptsRepository {
  constructor(@InjectModel(BANK_RECEIPT_MODEL) private readonly rows: Model<BankReceiptRow>) {}

  /** @throws MongoServerError 11000 when the entry is stored already */
  async insert(scope: TenantScope, { id, suggestions, ...receipt }: NewBankReceipt, session: ClientSession): Promise<BankReceiptRecord> {
    const unsettledSince = receipt.state === 'assigned' ? receipt.createdAt : undefined;
    const row: BankReceiptRow = {
      _id: id,
      ...tenantFilter(scope),
      ...receipt,
      suggestions: [...suggestions],
      unsettledSince,
      updatedAt: receipt.createdAt,
    };
    await this.rows.insertMany([definedFields(row)], { session });
    return toRecord(row);
  }

  async findById(scope: TenantScope, id: string, session?: ClientSession): Promise<BankReceiptRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<BankReceiptRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async findByKey(
    scope: TenantScope,
    { providerId, source, key }: { providerId: string; source: ReceiptSource; key: string },
  ): Promise<BankReceiptRecord | undefined> {
    const row = await this.rows.findOne({ providerId, source, key, ...tenantFilter(scope) }).lean<BankReceiptRow | null>();
    return row ? toRecord(row) : undefined;
  }

  async findOfTransaction(scope: TenantScope, transactionId: string, session?: ClientSession): Promise<BankReceiptRecord[]> {
    const rows = await this.rows.find({ ...tenantFilter(scope), transactionId }, null, { session }).lean<BankReceiptRow[]>();
    return rows.map(toRecord);
  }

  async list(scope: TenantScope, filter: BankReceiptFilter, selection: PageSelection): Promise<Page<BankReceiptRecord>> {
    const page = await findPage(this.rows, scope, definedFields(filter), selection);
    return { ...page, items: page.items.map(toRecord) };
  }

  /** Assigns what waits, or was dismissed. Undefined when somebody was faster. */
  async assign(
    scope: TenantScope,
    id: string,
    transactionId: string,
    now: Date,
    session: ClientSession,
  ): Promise<BankReceiptRecord | undefined> {
    return this.change(
      scope,
      id,
      ['unassigned', 'dismissed'],
      { $set: { state: 'assigned', transactionId, unsettledSince: now, updatedAt: now, suggestions: [] } },
      session,
    );
  }

  async dismiss(scope: TenantScope, id: string, now: Date): Promise<BankReceiptRecord | undefined> {
    return this.change(scope, id, ['unassigned', 'dismissed'], { $set: { state: 'dismissed', updatedAt: now } });
  }

  async markSettled(scope: TenantScope, ids: readonly string[]): Promise<void> {
    await this.rows.updateMany({ _id: { $in: [...ids] }, ...tenantFilter(scope) }, { $unset: { unsettledSince: '' } });
  }

  /** Across all tenants: the platform's own repair work, never a request's. */
  async findUnsettledOfAllTenants(before: Date, most: number): Promise<BankReceiptRecord[]> {
    const rows = await this.rows
      .find({ unsettledSince: { $lte: before } })
      .sort({ unsettledSince: 1 })
      .limit(most)
      .lean<BankReceiptRow[]>();
    return rows.map(toRecord);
  }

  private async change(
    scope: TenantScope,
    id: string,
    from: readonly BankReceiptState[],
    update: { $set: Partial<BankReceiptRow> },
    session?: ClientSession,
  ): Promise<BankReceiptRecord | undefined> {
    const row = await this.rows
      .findOneAndUpdate({ _id: id, ...tenantFilter(scope), state: { $in: [...from] } }, update, { session, returnDocument: 'after' })
      .lean<BankReceiptRow | null>();
    return row ? toRecord(row) : undefined;
  }
}

function toRecord({ _id, organizationId, livemode, ...fields }: BankReceiptRow): BankReceiptRecord {
  return { id: _id, scope: TenantScope.of(organizationId, livemode), ...fields };
}
