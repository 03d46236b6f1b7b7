import type { ChargebackStatus } from './chargeback.js';
import type { RefundStatus } from './refund.js';

/** How a refund or dispute stands, and since when by the provider's clock; without `since` it is our own conclusion. */
export interface Standing<S> {
  readonly status: S;
  readonly since?: Date;
}

const REFUND_RANK: Readonly<Record<RefundStatus, number>> = { pending: 0, succeeded: 1, failed: 2 };
const CHARGEBACK_RANK: Readonly<Record<ChargebackStatus, number>> = { open: 0, under_review: 1, won: 2, accepted: 3, lost: 4 };

/**
 * Whether a provider's report of a refund holds against what is known. A decision holds against "pending" whatever their
 * times: what was asked for later may carry the time of the refund and not that of the answer. Of two decisions the later
 * one holds, of two at the same time the higher rank. So reports in any order, any number of times, end in the same.
 */
export function refundNewsHolds(known: Standing<RefundStatus>, reported: Required<Standing<RefundStatus>>): boolean {
  if (known.since === undefined) return true;
  const decidedBefore = known.status !== 'pending';
  const decidedNow = reported.status !== 'pending';
  if (decidedBefore !== decidedNow) return decidedNow;
  return isLater(REFUND_RANK, known.status, known.since, reported);
}

/** Whether a provider's report of a dispute holds against what is known: the later one does, and a decided case may be reopened. */
export function chargebackNewsHolds(known: Standing<ChargebackStatus>, reported: Required<Standing<ChargebackStatus>>): boolean {
  return known.since === undefined || isLater(CHARGEBACK_RANK, known.status, known.since, reported);
}

function isLater<S extends string>(rank: Readonly<Record<S, number>>, status: S, since: Date, reported: Required<Standing<S>>): boolean {
  const later = reported.since.getTime() - since.getTime();
  return later === 0 ? rank[reported.status] > rank[status] : later > 0;
}
