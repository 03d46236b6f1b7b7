import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPlatformPageForOperators } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { ORGANIZATION_MODEL } from './organization.schema.js';
import type { OrganizationRow, OrganizationStatus } from './organization.schema.js';

export type Organization = Omit<OrganizationRow, '_id'> & { id: string };

/** What an organization says about itself. */
export type OrganizationProfile = Pick<
  Organization,
  'name' | 'supportEmail' | 'website' | 'country' | 'timezone' | 'defaultLocale' | 'logoUrl'
>;

/** Fields that are absent stay, `null` removes. */
export type ProfileChanges = { [K in Exclude<keyof OrganizationProfile, 'name'>]?: string | null } & { name?: string };

export interface OrganizationFilter {
  ids?: readonly string[];
  status?: OrganizationStatus;
  slug?: string;
}

/** The organizations of the platform. Methods named `…ForOperators` look across tenants and serve the platform itself. */
@Injectable()
export class OrganizationsRepository {
  constructor(@InjectModel(ORGANIZATION_MODEL) private readonly rows: Model<OrganizationRow>) {}

  async find({ organizationId }: TenantScope, session?: ClientSession): Promise<Organization | undefined> {
    return toOrganization(await this.rows.findById(organizationId, null, { session }).lean<OrganizationRow | null>());
  }

  /** Returns the organization as it is then; undefined when there is none. */
  async updateProfile({ organizationId }: TenantScope, changes: ProfileChanges, session: ClientSession): Promise<Organization | undefined> {
    const entries: [string, string | null | undefined][] = Object.entries(changes);
    const $set = Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
    const $unset = Object.fromEntries(entries.filter(([, value]) => value === null).map(([field]) => [field, 1]));
    return this.update(organizationId, { $set, $unset }, session);
  }

  /** Returns the organization as it is then; undefined when there is none. */
  async suspend(
    { organizationId }: TenantScope,
    reason: string | undefined,
    at: Date,
    session: ClientSession,
  ): Promise<Organization | undefined> {
    const $set = { status: 'suspended', suspendedAt: at, ...(reason === undefined ? {} : { suspensionReason: reason }) };
    return this.update(organizationId, { $set }, session);
  }

  /** Returns the organization as it is then; undefined when there is none. */
  async resume({ organizationId }: TenantScope, session: ClientSession): Promise<Organization | undefined> {
    return this.update(organizationId, { $set: { status: 'active' }, $unset: { suspendedAt: 1, suspensionReason: 1 } }, session);
  }

  async findByIdForOperators(id: string): Promise<Organization | undefined> {
    return toOrganization(await this.rows.findById(id).lean<OrganizationRow | null>());
  }

  async findBySlugForOperators(slug: string): Promise<Organization | undefined> {
    return toOrganization(await this.rows.findOne({ slug }).lean<OrganizationRow | null>());
  }

  async listForOperators(): Promise<Organization[]> {
    const rows = await this.rows.find().lean<OrganizationRow[]>();
    return rows.map(organizationOf);
  }

  /** Newest first. */
  async findPageForOperators({ ids, status, slug }: OrganizationFilter, selection: PageSelection): Promise<Page<Organization>> {
    const query = {
      ...(ids === undefined ? {} : { _id: { $in: [...ids] } }),
      ...(status === undefined ? {} : { status }),
      ...(slug === undefined ? {} : { slug }),
    };
    const { items, ...page } = await findPlatformPageForOperators(this.rows, query, selection);
    return { ...page, items: items.map(organizationOf) };
  }

  /** @throws the driver's duplicate key error when the slug is taken */
  async insertForOperators(
    { id, ...fields }: Omit<Organization, 'createdAt' | 'updatedAt'>,
    session: ClientSession,
  ): Promise<Organization> {
    const [created] = await this.rows.create([{ _id: id, ...fields }], { session });
    if (!created) throw new Error('the database did not return the organization it stored');
    return organizationOf(created.toObject());
  }

  private async update(id: string, change: object, session: ClientSession): Promise<Organization | undefined> {
    const options = { session, returnDocument: 'after' } as const;
    return toOrganization(await this.rows.findOneAndUpdate({ _id: id }, change, options).lean<OrganizationRow | null>());
  }
}

function toOrganization(row: OrganizationRow | null): Organization | undefined {
  return row ? organizationOf(row) : undefined;
}

function organizationOf({ _id, ...fields }: OrganizationRow): Organization {
  return { id: _id, ...fields };
}
