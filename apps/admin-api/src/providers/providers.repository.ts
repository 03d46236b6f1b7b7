import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import type { Provider, ProviderChange } from './provider.js';
import { PROVIDER_MODEL } from './provider.schema.js';
import type { ProviderRow } from './provider.schema.js';

/** Deleted providers are found by operators only. */
@Injectable()
export class ProvidersRepository {
  constructor(@InjectModel(PROVIDER_MODEL) private readonly rows: Model<ProviderRow>) {}

  async find(scope: TenantScope, id: string, session?: ClientSession): Promise<Provider | undefined> {
    return toProvider(await this.rows.findOne({ _id: id, ...mine(scope) }, null, { session }).lean<ProviderRow | null>());
  }

  async findByLabel(scope: TenantScope, type: string, label: string): Promise<Provider | undefined> {
    return toProvider(await this.rows.findOne({ type, label, ...mine(scope) }).lean<ProviderRow | null>());
  }

  async page(scope: TenantScope, selection: PageSelection): Promise<Page<Provider>> {
    const page = await findPage(this.rows, scope, { deletedAt: null }, selection);
    return { ...page, items: page.items.map(fromRow) };
  }

  /**
   * Those of the ids that are providers of the organization, of either mode. Until the transaction ends none of them can be
   * deleted: the deletion and this write conflict, and the database repeats the later one.
   */
  async hold({ organizationId }: TenantScope, ids: readonly string[], session: ClientSession): Promise<Pick<Provider, 'id' | 'type'>[]> {
    if (ids.length === 0) return [];
    const filter = { _id: { $in: [...ids] }, organizationId, deletedAt: null };
    await this.rows.updateMany(filter, { $inc: { timesOffered: 1 } }, { session, timestamps: false });
    const rows = await this.rows.find(filter, { type: 1 }, { session }).lean<Pick<ProviderRow, '_id' | 'type'>[]>();
    return rows.map(({ _id: id, type }) => ({ id, type }));
  }

  /** @throws the driver's duplicate key error when the tenant has a provider of that type and label */
  async insert(
    scope: TenantScope,
    provider: Pick<Provider, 'id' | 'type' | 'label' | 'description' | 'enabled' | 'credentials'>,
    session: ClientSession,
  ): Promise<Provider> {
    const { id, ...fields } = provider;
    const [created] = await this.rows.create([{ ...fields, _id: id, ...tenantFilter(scope) }], { session });
    return fromRow(created?.toObject() as ProviderRow);
  }

  /**
   * Writes the given fields and no others.
   * @throws the driver's duplicate key error when the tenant has another provider of that type and label
   */
  async change(
    scope: TenantScope,
    id: string,
    { description, ...fields }: ProviderChange,
    session: ClientSession,
  ): Promise<Provider | undefined> {
    const given = Object.fromEntries(Object.entries({ ...fields, description: description ?? undefined }).filter(isGiven));
    const update = {
      ...(Object.keys(given).length === 0 ? {} : { $set: given }),
      ...(description === null ? { $unset: { description: 1 as const } } : {}),
    };
    const options = { session, returnDocument: 'after' } as const;
    return toProvider(await this.rows.findOneAndUpdate({ _id: id, ...mine(scope) }, update, options).lean<ProviderRow | null>());
  }

  async markDeleted(scope: TenantScope, id: string, deletedAt: Date, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id, ...mine(scope) }, { $set: { enabled: false, deletedAt } }, { session });
  }

  async findByIdForOperators(id: string): Promise<Provider | undefined> {
    return toProvider(await this.rows.findById(id).lean<ProviderRow | null>());
  }

  async listForOperators(): Promise<Provider[]> {
    return (await this.rows.find().lean<ProviderRow[]>()).map(fromRow);
  }
}

function mine(scope: TenantScope): { organizationId: string; livemode: boolean; deletedAt: null } {
  return { deletedAt: null, ...tenantFilter(scope) };
}

function isGiven([, value]: [string, unknown]): boolean {
  return value !== undefined;
}

function toProvider(row: ProviderRow | null): Provider | undefined {
  return row ? fromRow(row) : undefined;
}

function fromRow(row: ProviderRow): Provider {
  const { _id: id, organizationId, livemode, type, label, description, enabled, credentials, createdAt, updatedAt, deletedAt } = row;
  return { id, organizationId, livemode, type, label, description, enabled, credentials, createdAt, updatedAt, deletedAt };
}
