import type { TaxRebuildResponse } from './dto/tax-rebuild.response.js';
import type { TaxRebuildRow } from './tax-rebuild.schema.js';

export function presentRebuild(row: Omit<TaxRebuildRow, 'organizationId' | 'livemode'>): TaxRebuildResponse {
  return {
    jobId: row._id,
    status: row.status,
    processed: row.processed,
    total: row.total,
    changed: row.changed,
    skipped: row.skipped,
    errors: row.problems.map(({ transactionId, code, message }) => ({ transactionId, code, message })),
    from: row.from,
    to: row.to,
    siteId: row.siteId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
  };
}
