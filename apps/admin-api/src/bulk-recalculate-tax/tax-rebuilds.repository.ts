import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, tenantFilter } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { ClientSession, Model } from 'mongoose';
import { TAX_REBUILD_MODEL } from './tax-rebuild.schema.js';
import type { TaxRebuildRow } from './tax-rebuild.schema.js';

/** The rebuilds of one tenant. */
@Injectable()
export class TaxRebuildsRepository {
  constructor(@InjectModel(TAX_REBUILD_MODEL) private readonly rows: Model<TaxRebuildRow>) {}

  /** @throws DomainError `job_running` while the organization has another, for live or for test data */
  async add(scope: TenantScope, row: Omit<TaxRebuildRow, 'organizationId' | 'livemode'>, session: ClientSession): Promise<void> {
    try {
      await this.rows.create([{ ...row, ...tenantFilter(scope) }], { session });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('job_running', undefined, undefined, { cause: error });
    }
  }

  /** @throws DomainError `job_not_found` */
  async find(scope: TenantScope, jobId: string): Promise<TaxRebuildRow> {
    return known(await this.rows.findOne({ ...tenantFilter(scope), _id: jobId }).lean<TaxRebuildRow | null>());
  }

  /** @throws DomainError `job_not_found` when there never was one */
  async latest(scope: TenantScope): Promise<TaxRebuildRow> {
    return known(await this.rows.findOne(tenantFilter(scope)).sort({ createdAt: -1, _id: -1 }).lean<TaxRebuildRow | null>());
  }
}

function known(row: TaxRebuildRow | null): TaxRebuildRow {
  if (!row) throw new DomainError('job_not_found');
  return row;
}
