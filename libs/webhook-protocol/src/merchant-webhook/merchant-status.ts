import type { IpnStatusName } from '../site-ipn/ipn-status.js';

/** What a merchant webhook calls the states of a payment. */
export type MerchantTransactionStatus = 'processing' | 'paid' | 'failed' | 'canceled' | 'refund_pending' | 'refunded';

/** A status of a transaction, or a payment of which a refund in full is under way. */
export type MerchantTransactionState = IpnStatusName | 'refund_pending';

/** The family has no word for a dispute: what a bank took back is told as refunded, for the money is with the buyer again. */
export const MERCHANT_TRANSACTION_STATUS = {
  initiated: 'processing',
  pending_provider: 'processing',
  succeeded: 'paid',
  failed: 'failed',
  cancelled: 'canceled',
  refund_pending: 'refund_pending',
  refunded: 'refunded',
  charged_back: 'refunded',
} as const satisfies Record<MerchantTransactionState, MerchantTransactionStatus>;

/** By the status of a refund. */
export const MERCHANT_REFUND_STATUS = { pending: 'processing', succeeded: 'completed', failed: 'failed' } as const;

export type MerchantRefundState = keyof typeof MERCHANT_REFUND_STATUS;
export type MerchantRefundStatus = (typeof MERCHANT_REFUND_STATUS)[MerchantRefundState];

export type MerchantPayoutStatus = 'requested' | 'approved' | 'processed' | 'rejected';
