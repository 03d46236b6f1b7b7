import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Model } from 'mongoose';
import { PROVIDER_MODEL } from './provider.schema.js';
import type { ProviderRow } from './provider.schema.js';

export type Provider = Omit<ProviderRow, '_id' | 'createdAt' | 'updatedAt'> & { id: string };

@Injectable()
export class ProvidersRepository {
  constructor(@InjectModel(PROVIDER_MODEL) private readonly rows: Model<ProviderRow>) {}

  async find(scope: TenantScope, id: string): Promise<Provider | undefined> {
    return toProvider(await this.rows.findOne({ _id: id, ...tenantFilter(scope) }).lean<ProviderRow | null>());
  }

  async findByLabel(scope: TenantScope, type: string, label: string): Promise<Provider | undefined> {
    return toProvider(await this.rows.findOne({ type, label, ...tenantFilter(scope) }).lean<ProviderRow | null>());
  }

  /** @throws the driver's duplicate key error when the organization has a provider of that type and label */
  async insert(scope: TenantScope, provider: Omit<Provider, 'organizationId' | 'livemode'>): Promise<void> {
    const { id, ...fields } = provider;
    await this.rows.create({ ...fields, _id: id, ...tenantFilter(scope) });
  }

  async setCredentials(scope: TenantScope, id: string, credentials: string): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne({ _id: id, ...tenantFilter(scope) }, { $set: { credentials } });
    return matchedCount === 1;
  }

  async findByIdForOperators(id: string): Promise<Provider | undefined> {
    return toProvider(await this.rows.findById(id).lean<ProviderRow | null>());
  }

  async listForOperators(): Promise<Provider[]> {
    const rows = await this.rows.find().lean<ProviderRow[]>();
    return rows.flatMap((row) => toProvider(row) ?? []);
  }
}

function toProvider(row: ProviderRow | null): Provider | undefined {
  if (!row) return undefined;
  const { _id: id, organizationId, livemode, type, label, description, enabled, credentials } = row;
  return { id, organizationId, livemode, type, label, description, enabled, credentials };
}
