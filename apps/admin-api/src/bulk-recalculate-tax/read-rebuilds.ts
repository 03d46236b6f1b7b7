import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { TaxRebuildRow } from './tax-rebuild.schema.js';
import { TaxRebuildsRepository } from './tax-rebuilds.repository.js';

@Injectable()
export class ReadRebuilds {
  constructor(private readonly rebuilds: TaxRebuildsRepository) {}

  /** @throws DomainError `job_not_found` */
  async latest(scope: TenantScope): Promise<TaxRebuildRow> {
    return this.rebuilds.latest(scope);
  }

  /** @throws DomainError `job_not_found` */
  async get(scope: TenantScope, jobId: string): Promise<TaxRebuildRow> {
    // What lacks the form every id has cannot exist.
    if (!/^txr_[0-9a-z]{26}$/.test(jobId)) throw new DomainError('job_not_found');
    return this.rebuilds.find(scope, jobId);
  }
}
