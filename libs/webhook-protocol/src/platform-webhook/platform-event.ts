/** The status a payment has reached with each event. */
export const PLATFORM_PAYMENT_STATUS = {
  payment_succeeded: 'succeeded',
  payment_failed: 'failed',
  payment_processing: 'processing',
  payment_cancelled: 'cancelled',
  payment_authorized: 'requires_capture',
  payment_captured: 'succeeded',
  action_required: 'requires_customer_action',
} as const;

export const PLATFORM_REFUND_STATUS = { refund_succeeded: 'succeeded', refund_failed: 'failed' } as const;

export const PLATFORM_DISPUTE_STATUS = {
  dispute_opened: 'dispute_opened',
  dispute_expired: 'dispute_expired',
  dispute_accepted: 'dispute_accepted',
  dispute_cancelled: 'dispute_cancelled',
  dispute_challenged: 'dispute_challenged',
  dispute_won: 'dispute_won',
  dispute_lost: 'dispute_lost',
} as const;

export const PLATFORM_MANDATE_STATUS = { mandate_active: 'active', mandate_revoked: 'revoked' } as const;

export type PlatformPaymentEvent = keyof typeof PLATFORM_PAYMENT_STATUS;
export type PlatformRefundEvent = keyof typeof PLATFORM_REFUND_STATUS;
export type PlatformDisputeEvent = keyof typeof PLATFORM_DISPUTE_STATUS;
export type PlatformMandateEvent = keyof typeof PLATFORM_MANDATE_STATUS;
export type PlatformEvent = PlatformPaymentEvent | PlatformRefundEvent | PlatformDisputeEvent | PlatformMandateEvent | 'webhook_test';

export const PLATFORM_EVENTS = [
  ...Object.keys(PLATFORM_PAYMENT_STATUS),
  ...Object.keys(PLATFORM_REFUND_STATUS),
  ...Object.keys(PLATFORM_DISPUTE_STATUS),
  ...Object.keys(PLATFORM_MANDATE_STATUS),
  'webhook_test',
] as readonly PlatformEvent[];
