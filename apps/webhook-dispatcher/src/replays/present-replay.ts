import type { ReplayView } from '@paygate/messages';
import type { ReplayRow } from './replay.schema.js';

export function presentReplay(row: ReplayRow): ReplayView {
  return {
    replayId: row._id,
    endpointId: row.endpointId,
    selection: row.selection,
    from: row.from?.toISOString(),
    to: row.until?.toISOString(),
    ratePerSecond: row.ratePerSecond,
    state: row.state,
    resent: row.resent,
    skipped: row.skipped,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
  };
}
