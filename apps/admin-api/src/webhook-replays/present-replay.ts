import type { ReplayView } from '@paygate/messages';
import type { ReplayResponse } from './dto/replay.response.js';

export function presentReplay(view: ReplayView): ReplayResponse {
  return {
    id: view.replayId,
    endpointId: view.endpointId,
    selection: view.selection,
    from: view.from,
    to: view.to,
    ratePerSecond: view.ratePerSecond,
    state: view.state,
    resent: view.resent,
    skipped: view.skipped,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
    finishedAt: view.finishedAt,
  };
}
