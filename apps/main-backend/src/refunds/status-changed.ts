import type { RefundStatusChanged } from '@paygate/messages';
import type { RefundStatus } from '@paygate/payments-domain';
import type { TransactionRecord } from '../transactions/index.js';
import type { RefundRecord } from './refund.js';

/** The event that tells the other services of a refund's new status. */
export function statusChanged(refund: RefundRecord, of: TransactionRecord, previousStatus?: RefundStatus): RefundStatusChanged {
  const { scope, id, transactionId, siteId, providerId, status, amount, currency, externalReference, createdAt, updatedAt } = refund;
  return {
    organizationId: scope.organizationId,
    livemode: scope.livemode,
    refundId: id,
    transactionId,
    siteId,
    providerId,
    status,
    previousStatus,
    amount,
    currency,
    refundedAmount: of.refundedAmount,
    transactionAmount: of.amount,
    occurredAt: updatedAt.toISOString(),
    checkoutId: of.checkoutId,
    createdAt: createdAt.toISOString(),
    externalReference,
  };
}
