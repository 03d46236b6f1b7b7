import { canCheckoutMove } from './checkout-status.js';
import type { CheckoutStatus } from './checkout-status.js';
import type { TransactionStatus } from './transaction-status.js';

/** What of a checkout decides how it follows one of its payment attempts. */
export interface FollowingCheckout {
  readonly status: CheckoutStatus;
  readonly expiresAt: Date;
  /** A newer checkout of the same reference replaced this one. */
  readonly superseded: boolean;
  /** The attempt is the checkout's latest; an older one no longer occupies it. */
  readonly latestAttempt: boolean;
}

/**
 * The status a checkout takes when one of its transactions reached `outcome`; undefined when it stays.
 * A success completes it from anywhere, also when it had expired or was cancelled: the money is real.
 */
export function checkoutAfterAttempt(checkout: FollowingCheckout, outcome: TransactionStatus, now: Date): CheckoutStatus | undefined {
  const to = aim(checkout, outcome, now);
  return to !== undefined && canCheckoutMove(checkout.status, to) ? to : undefined;
}

/** The status a buyer sees: a checkout past its time is expired even before the sweep has written so. */
export function checkoutStatusAt(status: CheckoutStatus, expiresAt: Date, now: Date): CheckoutStatus {
  return status === 'open' && now >= expiresAt ? 'expired' : status;
}

function aim(checkout: FollowingCheckout, outcome: TransactionStatus, now: Date): CheckoutStatus | undefined {
  switch (outcome) {
    case 'succeeded':
      return 'completed';
    case 'failed':
    case 'cancelled':
      if (checkout.status !== 'processing' || !checkout.latestAttempt) return undefined;
      if (checkout.superseded) return 'cancelled';
      return now >= checkout.expiresAt ? 'expired' : 'open';
    case 'pending_provider':
      // A failed attempt came back to life; the buyer must not start a second one beside it.
      return checkout.status === 'open' && checkout.latestAttempt ? 'processing' : undefined;
    case 'initiated':
    case 'refunded':
    case 'charged_back':
      return undefined;
  }
}
