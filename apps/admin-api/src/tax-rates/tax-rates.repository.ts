import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { TAX_RATE_MODEL } from './tax-rate.schema.js';
import type { TaxRateRow } from './tax-rate.schema.js';
import { rateDetailsOf } from './tax-rate.js';
import type { RateDetails, RateSource, StoredTaxRate } from './tax-rate.js';

export interface RateFilter {
  country?: string;
  region?: string;
  code?: string;
  type?: string;
  source?: RateSource;
  /** Those that hold on this day. */
  activeOn?: string;
}

/** Where a rate comes from. */
export interface RateOrigin {
  source: RateSource;
  catalogueVersion?: string;
}

/** Rates hold for an organization's live and test sales alike. */
@Injectable()
export class TaxRatesRepository {
  constructor(@InjectModel(TAX_RATE_MODEL) private readonly rows: Model<TaxRateRow>) {}

  async find({ organizationId }: TenantScope, id: string, session?: ClientSession): Promise<StoredTaxRate | undefined> {
    const row = await this.rows.findOne({ _id: id, organizationId }, null, { session }).lean<TaxRateRow | null>();
    return row ? fromRow(row) : undefined;
  }

  /** In the order of place, code and time. */
  async all({ organizationId }: TenantScope, session?: ClientSession): Promise<StoredTaxRate[]> {
    const order = { country: 1, region: 1, code: 1, validFrom: 1 } as const;
    const rows = await this.rows.find({ organizationId }, null, { session }).sort(order).lean<TaxRateRow[]>();
    return rows.map(fromRow);
  }

  async count({ organizationId }: TenantScope, session: ClientSession): Promise<number> {
    return this.rows.countDocuments({ organizationId }, { session });
  }

  async page(scope: TenantScope, { activeOn, ...equal }: RateFilter, selection: PageSelection): Promise<Page<StoredTaxRate>> {
    const conditions: Record<string, string | undefined> = equal;
    const given = Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined));
    const active =
      activeOn === undefined ? {} : { validFrom: { $lte: activeOn }, $or: [{ validTo: null }, { validTo: { $gte: activeOn } }] };
    const page = await findOrganizationPage(this.rows, scope, { ...given, ...active }, selection);
    return { ...page, items: page.items.map(fromRow) };
  }

  async insert(
    { organizationId }: TenantScope,
    rates: readonly RateDetails[],
    origin: RateOrigin,
    session: ClientSession,
  ): Promise<StoredTaxRate[]> {
    const rows = rates.map((rate) => ({ ...rateDetailsOf(rate), ...origin, _id: newObjectId(), organizationId }));
    const created = await this.rows.insertMany(rows, { session });
    return created.map((row) => fromRow(row.toObject()));
  }

  /** @param validTo absent: it goes on */
  async end({ organizationId }: TenantScope, id: string, validTo: string | undefined, session: ClientSession): Promise<void> {
    const change = validTo === undefined ? { $unset: { validTo: 1 } } : { $set: { validTo } };
    await this.rows.updateOne({ _id: id, organizationId }, change, { session });
  }

  async remove({ organizationId }: TenantScope, ids: readonly string[], session: ClientSession): Promise<void> {
    await this.rows.deleteMany({ _id: { $in: [...ids] }, organizationId }, { session });
  }

  /** Returns how many there were. */
  async removeAll({ organizationId }: TenantScope, session: ClientSession): Promise<number> {
    return (await this.rows.deleteMany({ organizationId }, { session })).deletedCount;
  }
}

function fromRow(row: TaxRateRow): StoredTaxRate {
  const { _id: id, source, catalogueVersion, createdAt } = row;
  return { id, ...rateDetailsOf(row), source, ...(catalogueVersion === undefined ? {} : { catalogueVersion }), createdAt };
}
