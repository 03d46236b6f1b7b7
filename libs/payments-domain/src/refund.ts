/**
 * The life of a refund. The provider is asked with the refund's own id as idempotency key; until it answers the refund is
 * `pending` and its amount is taken. A refund that came through may still fail later, when the buyer's bank sends it back.
 */
export const REFUND_TRANSITIONS = {
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
} as const satisfies Record<string, readonly string[]>;

export type RefundStatus = keyof typeof REFUND_TRANSITIONS;

export const REFUND_STATUSES = Object.keys(REFUND_TRANSITIONS) as readonly RefundStatus[];

export function canRefundMove(from: RefundStatus, to: RefundStatus): boolean {
  return (REFUND_TRANSITIONS[from] as readonly RefundStatus[]).includes(to);
}

/** The parts of a refund that decide what is left. */
export interface RefundPart {
  status: RefundStatus;
  /** Minor units of the transaction's currency. */
  amount: number;
}

/** What came back to the buyer for certain. */
export function refundedAmount(refunds: readonly RefundPart[]): number {
  return total(refunds, 'succeeded');
}

/** What is on its way back. */
export function pendingRefundAmount(refunds: readonly RefundPart[]): number {
  return total(refunds, 'pending');
}

/** What can still be refunded: the amount less everything given back or on its way. Never below zero. */
export function refundableAmount(paid: number, refunds: readonly RefundPart[]): number {
  return Math.max(0, paid - total(refunds, 'succeeded') - total(refunds, 'pending'));
}

function total(refunds: readonly RefundPart[], status: RefundStatus): number {
  return refunds.reduce((sum, refund) => sum + (refund.status === status ? refund.amount : 0), 0);
}
