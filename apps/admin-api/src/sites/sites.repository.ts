import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findOrganizationPage } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { settingsOf } from './site.js';
import type { Site, SiteChange, StoredSigningSecret } from './site.js';
import { SITE_MODEL } from './site.schema.js';
import type { SiteRow } from './site.schema.js';

/** Sites belong to an organization and serve both its live and its test checkouts. Deleted ones are found by operators only. */
@Injectable()
export class SitesRepository {
  constructor(@InjectModel(SITE_MODEL) private readonly rows: Model<SiteRow>) {}

  async find(scope: TenantScope, id: string, session?: ClientSession): Promise<Site | undefined> {
    return toSite(await this.rows.findOne({ _id: id, ...mine(scope) }, null, { session }).lean<SiteRow | null>());
  }

  async findByName(scope: TenantScope, name: string): Promise<Site | undefined> {
    return toSite(await this.rows.findOne({ name, ...mine(scope) }).lean<SiteRow | null>());
  }

  async page(scope: TenantScope, selection: PageSelection): Promise<Page<Site>> {
    const page = await findOrganizationPage(this.rows, scope, { deletedAt: null }, selection);
    return { ...page, items: toSites(page.items) };
  }

  /** Those that offer a provider, by name. */
  async offering(scope: TenantScope, providerId: string, session: ClientSession): Promise<Site[]> {
    const rows = this.rows.find({ ...mine(scope), providerIds: providerId }, null, { session });
    return toSites(await rows.sort({ name: 1 }).lean<SiteRow[]>());
  }

  /** @throws the driver's duplicate key error when the organization has a site of that name */
  async insert(scope: TenantScope, site: Omit<Site, 'organizationId' | 'createdAt' | 'updatedAt'>, session: ClientSession): Promise<Site> {
    const { id, ...fields } = site;
    const [created] = await this.rows.create([{ ...fields, _id: id, organizationId: scope.organizationId }], { session });
    return fromRow(created?.toObject() as SiteRow);
  }

  /**
   * Writes the given settings and no others, so that changes of different settings at the same time do not undo each other.
   * @throws the driver's duplicate key error when the organization has another site of that name
   */
  async change(scope: TenantScope, id: string, change: SiteChange, session: ClientSession): Promise<Site | undefined> {
    const options = { session, returnDocument: 'after' } as const;
    return toSite(await this.rows.findOneAndUpdate({ _id: id, ...mine(scope) }, updateOf(change), options).lean<SiteRow | null>());
  }

  async replaceSigningSecrets(
    scope: TenantScope,
    id: string,
    secrets: readonly StoredSigningSecret[],
    session: ClientSession,
  ): Promise<void> {
    await this.rows.updateOne({ _id: id, ...mine(scope) }, { $set: { signingSecrets: [...secrets] } }, { session });
  }

  async markDeleted(scope: TenantScope, id: string, deletedAt: Date, session: ClientSession): Promise<void> {
    await this.rows.updateOne({ _id: id, ...mine(scope) }, { $set: { active: false, deletedAt } }, { session });
  }

  async findByIdForOperators(id: string): Promise<Site | undefined> {
    return toSite(await this.rows.findById(id).lean<SiteRow | null>());
  }

  async listForOperators(): Promise<Site[]> {
    return toSites(await this.rows.find().lean<SiteRow[]>());
  }
}

function mine({ organizationId }: TenantScope): { organizationId: string; deletedAt: null } {
  return { organizationId, deletedAt: null };
}

function updateOf({ branding, invoicing, ...settings }: SiteChange): Record<string, Record<string, unknown>> {
  const paths = { ...settings, ...below('branding', branding), ...below('invoicing', invoicing) };
  const given = (Object.entries(paths) as [string, unknown][]).filter(([, value]) => value !== undefined);
  const kept = given.filter(([, value]) => value !== null);
  const removed = given.filter(([, value]) => value === null).map(([path]) => [path, 1]);
  return {
    ...(kept.length === 0 ? {} : { $set: Object.fromEntries(kept) }),
    ...(removed.length === 0 ? {} : { $unset: Object.fromEntries(removed) as Record<string, 1> }),
  };
}

function below(parent: string, fields: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${parent}.${name}`, value as unknown]));
}

function toSites(rows: readonly SiteRow[]): Site[] {
  return rows.map(fromRow);
}

function toSite(row: SiteRow | null): Site | undefined {
  return row ? fromRow(row) : undefined;
}

function fromRow(row: SiteRow): Site {
  const { _id: id, organizationId, signingSecrets, createdAt, updatedAt, deletedAt } = row;
  const settings = settingsOf({ ...row, testOnly: row.testOnly ?? false, routing: row.routing ?? [], invoicing: row.invoicing ?? {} });
  return { ...settings, id, organizationId, signingSecrets, createdAt, updatedAt, deletedAt };
}
