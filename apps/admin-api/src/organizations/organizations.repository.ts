import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { TenantScope } from '@paygate/kernel';
import type { Model } from 'mongoose';
import { ORGANIZATION_MODEL } from './organization.schema.js';
import type { OrganizationRow, OrganizationStatus } from './organization.schema.js';

export interface Organization {
  id: string;
  name: string;
  slug: string;
  status: OrganizationStatus;
  supportEmail?: string;
}

/** The organizations of the platform. Methods named `…ForOperators` look across tenants and serve the platform itself. */
@Injectable()
export class OrganizationsRepository {
  constructor(@InjectModel(ORGANIZATION_MODEL) private readonly rows: Model<OrganizationRow>) {}

  async find(scope: TenantScope): Promise<Organization | undefined> {
    return toOrganization(await this.rows.findById(scope.organizationId).lean<OrganizationRow | null>());
  }

  async setStatus(scope: TenantScope, status: OrganizationStatus): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne({ _id: scope.organizationId }, { $set: { status } });
    return matchedCount === 1;
  }

  async findByIdForOperators(id: string): Promise<Organization | undefined> {
    return toOrganization(await this.rows.findById(id).lean<OrganizationRow | null>());
  }

  async findBySlugForOperators(slug: string): Promise<Organization | undefined> {
    return toOrganization(await this.rows.findOne({ slug }).lean<OrganizationRow | null>());
  }

  async listForOperators(): Promise<Organization[]> {
    const rows = await this.rows.find().lean<OrganizationRow[]>();
    return rows.flatMap((row) => toOrganization(row) ?? []);
  }

  /** @throws the driver's duplicate key error when the slug is taken */
  async insertForOperators(organization: Organization): Promise<void> {
    const { id, ...fields } = organization;
    await this.rows.create({ _id: id, ...fields });
  }
}

function toOrganization(row: OrganizationRow | null): Organization | undefined {
  if (!row) return undefined;
  return { id: row._id, name: row.name, slug: row.slug, status: row.status, supportEmail: row.supportEmail };
}
