import type { ChargebackView } from '@paygate/messages';
import type { ChargebackRecord } from './chargeback.js';

/** A chargeback as other services see it. */
export function presentChargeback(chargeback: ChargebackRecord): ChargebackView {
  const { scope, since: _since, evidenceDueBy, closedAt, createdAt, updatedAt, ...fields } = chargeback;
  return {
    ...fields,
    livemode: scope.livemode,
    evidenceDueBy: evidenceDueBy?.toISOString(),
    closedAt: closedAt?.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
