import type { RefundView } from '@paygate/messages';
import type { RefundRecord } from './refund.js';

/** A refund as other services see it. */
export function presentRefund(refund: RefundRecord): RefundView {
  const { scope, since: _since, lookUps: _lookUps, nextLookUpAt: _nextLookUpAt, createdAt, updatedAt, ...fields } = refund;
  return { ...fields, livemode: scope.livemode, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
