import { Injectable } from '@nestjs/common';
import { newPrefixedId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { periodOf } from '../validation-rules/index.js';
import type { TaxRebuildResponse } from './dto/tax-rebuild.response.js';
import { presentRebuild } from './present-rebuild.js';
import { RunRebuilds } from './run-rebuilds.js';
import type { RebuildWish } from './tax-rebuild.js';
import { TaxRebuildsRepository } from './tax-rebuilds.repository.js';

@Injectable()
export class StartRebuild {
  constructor(
    private readonly changes: Changes,
    private readonly rebuilds: TaxRebuildsRepository,
    private readonly runner: RunRebuilds,
  ) {}

  /** @throws DomainError `job_running`, `validation_failed` for the period, `idempotency_key_reused` */
  async execute(scope: TenantScope, wish: RebuildWish, claim: IdempotencyClaim | undefined): Promise<TaxRebuildResponse> {
    const { from, to } = periodOf(wish);
    const { siteId } = wish;
    const job = await this.changes.once(scope, 'tax_records.rebuild', claim, async (change) => {
      const { now } = change;
      const row = {
        ...{ _id: newPrefixedId('txr', now), from, to, siteId, status: 'running' as const },
        ...{ processed: 0, skipped: 0, changed: 0, total: 0, problems: [], failures: 0, nextAt: now, createdAt: now, updatedAt: now },
      };
      await this.rebuilds.add(scope, row, change.session);
      await change.record({
        action: 'tax_records.rebuild_started',
        scope,
        resource: { type: 'tax_rebuild', id: row._id },
        after: { from, to, siteId },
      });
      return presentRebuild(row);
    });
    this.runner.wake();
    return job;
  }
}
