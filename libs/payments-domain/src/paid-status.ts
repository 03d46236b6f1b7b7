import { takesMoney } from './chargeback.js';
import type { ChargebackStatus } from './chargeback.js';
import { refundedAmount } from './refund.js';
import type { RefundPart } from './refund.js';
import type { TransactionStatus } from './transaction-status.js';

/** The statuses of a transaction whose payment succeeded. */
export type PaidStatus = Extract<TransactionStatus, 'succeeded' | 'refunded' | 'charged_back'>;

/**
 * The status of a paid transaction, from everything that happened to its money. It depends on what happened and not on the
 * order in which we heard of it: a dispute that was not won comes first, then a full refund.
 * @param amount what was paid, in minor units
 */
export function paidStatus(
  amount: number,
  refunds: readonly RefundPart[],
  chargebacks: readonly { status: ChargebackStatus }[],
): PaidStatus {
  if (chargebacks.some(({ status }) => takesMoney(status))) return 'charged_back';
  return refundedAmount(refunds) >= amount ? 'refunded' : 'succeeded';
}

export function isPaid(status: TransactionStatus): status is PaidStatus {
  return status === 'succeeded' || status === 'refunded' || status === 'charged_back';
}
