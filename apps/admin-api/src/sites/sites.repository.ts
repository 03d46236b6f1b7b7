import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { TenantScope } from '@paygate/kernel';
import type { Model } from 'mongoose';
import { SITE_MODEL } from './site.schema.js';
import type { SiteRow } from './site.schema.js';

export type Site = Omit<SiteRow, '_id' | 'createdAt' | 'updatedAt'> & { id: string };

/** Sites belong to an organization and serve both its live and its test checkouts. */
@Injectable()
export class SitesRepository {
  constructor(@InjectModel(SITE_MODEL) private readonly rows: Model<SiteRow>) {}

  async find(scope: TenantScope, id: string): Promise<Site | undefined> {
    return toSite(await this.rows.findOne({ _id: id, organizationId: scope.organizationId }).lean<SiteRow | null>());
  }

  async findByName(scope: TenantScope, name: string): Promise<Site | undefined> {
    return toSite(await this.rows.findOne({ organizationId: scope.organizationId, name }).lean<SiteRow | null>());
  }

  /** @throws the driver's duplicate key error when the organization has a site of that name */
  async insert(scope: TenantScope, site: Omit<Site, 'organizationId'>): Promise<void> {
    const { id, ...fields } = site;
    await this.rows.create({ ...fields, _id: id, organizationId: scope.organizationId });
  }

  async setProviders(scope: TenantScope, id: string, providerIds: readonly string[]): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne({ _id: id, organizationId: scope.organizationId }, { $set: { providerIds } });
    return matchedCount === 1;
  }

  async findByIdForOperators(id: string): Promise<Site | undefined> {
    return toSite(await this.rows.findById(id).lean<SiteRow | null>());
  }

  async listForOperators(): Promise<Site[]> {
    const rows = await this.rows.find().lean<SiteRow[]>();
    return rows.flatMap((row) => toSite(row) ?? []);
  }
}

function toSite(row: SiteRow | null): Site | undefined {
  if (!row) return undefined;
  return {
    id: row._id,
    organizationId: row.organizationId,
    name: row.name,
    active: row.active,
    providerIds: row.providerIds,
    branding: row.branding,
    ipnVersion: row.ipnVersion,
    supersedeOpenCheckouts: row.supersedeOpenCheckouts,
    allowedOrigins: row.allowedOrigins,
    signingSecrets: row.signingSecrets,
    supportEmail: row.supportEmail,
  };
}
