import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import type { DnsProblem } from './cname-check.js';
import { DOMAIN_MODEL } from './domain.schema.js';
import type { DomainRow, DomainStatus } from './domain.schema.js';

export type Domain = Omit<DomainRow, '_id' | 'updatedAt'> & { id: string };

export interface DomainFilter {
  status?: DomainStatus;
  siteId?: string;
}

@Injectable()
export class DomainsRepository {
  constructor(@InjectModel(DOMAIN_MODEL) private readonly rows: Model<DomainRow>) {}

  /** @throws the driver's duplicate key error when anybody has the domain */
  async insert(scope: TenantScope, domain: Pick<Domain, 'id' | 'domain' | 'siteId'>, session: ClientSession): Promise<Domain> {
    const { id, ...fields } = domain;
    const [row] = await this.rows.create([{ ...fields, _id: id, status: 'pending', ...tenantFilter(scope) }], { session });
    return toDomain(row?.toObject() as DomainRow);
  }

  async find(scope: TenantScope, id: string, session?: ClientSession): Promise<Domain | undefined> {
    return toOptional(await this.rows.findOne({ _id: id, ...tenantFilter(scope) }, null, { session }).lean<DomainRow | null>());
  }

  async findByName(scope: TenantScope, domain: string): Promise<Domain | undefined> {
    return toOptional(await this.rows.findOne({ domain, ...tenantFilter(scope) }).lean<DomainRow | null>());
  }

  async page(scope: TenantScope, { status, siteId }: DomainFilter, selection: PageSelection): Promise<Page<Domain>> {
    const filter = { ...(status === undefined ? {} : { status }), ...(siteId === undefined ? {} : { siteId }) };
    const page = await findPage(this.rows, scope, filter, selection);
    return { ...page, items: page.items.map(toDomain) };
  }

  async recordCheck(scope: TenantScope, id: string, check: { at: Date; problem?: DnsProblem }, session: ClientSession): Promise<void> {
    const checked = { lastCheckedAt: check.at };
    const change =
      check.problem === undefined
        ? { $set: checked, $unset: { lastCheckError: 1 } }
        : { $set: { ...checked, lastCheckError: check.problem } };
    await this.rows.updateOne({ _id: id, ...tenantFilter(scope) }, change, { session });
  }

  /** False when it is verified already. */
  async markVerified(scope: TenantScope, id: string, at: Date, session: ClientSession): Promise<boolean> {
    const change = { $set: { status: 'verified' as const, verifiedAt: at } };
    const { modifiedCount } = await this.rows.updateOne({ _id: id, status: 'pending', ...tenantFilter(scope) }, change, { session });
    return modifiedCount === 1;
  }

  async setApplePayAssociation(scope: TenantScope, id: string, content: string | undefined, session: ClientSession): Promise<void> {
    const change = content === undefined ? { $unset: { applePayAssociation: 1 } } : { $set: { applePayAssociation: content } };
    await this.rows.updateOne({ _id: id, ...tenantFilter(scope) }, change, { session });
  }

  async delete(scope: TenantScope, id: string, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ _id: id, ...tenantFilter(scope) }, { session });
  }

  async findByIdForOperators(id: string): Promise<Domain | undefined> {
    return toOptional(await this.rows.findById(id).lean<DomainRow | null>());
  }

  async listForOperators(): Promise<Domain[]> {
    return (await this.rows.find().lean<DomainRow[]>()).map(toDomain);
  }

  /** The organization a verified domain belongs to. */
  async ownerOfVerifiedForOperators(domain: string): Promise<string | undefined> {
    const row = await this.rows
      .findOne({ domain, status: 'verified' }, { organizationId: 1 })
      .lean<Pick<DomainRow, 'organizationId'> | null>();
    return row?.organizationId;
  }
}

function toOptional(row: DomainRow | null): Domain | undefined {
  return row ? toDomain(row) : undefined;
}

function toDomain(row: DomainRow): Domain {
  return {
    id: row._id,
    organizationId: row.organizationId,
    livemode: row.livemode,
    domain: row.domain,
    siteId: row.siteId,
    status: row.status,
    verifiedAt: row.verifiedAt,
    lastCheckedAt: row.lastCheckedAt,
    lastCheckError: row.lastCheckError,
    applePayAssociation: row.applePayAssociation,
    createdAt: row.createdAt,
  };
}
