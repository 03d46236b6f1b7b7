import { describe, expect, it } from '@jest/globals';
import { checkoutAfterAttempt, checkoutStatusAt } from './checkout-after-attempt.js';
import { CHECKOUT_STATUSES } from './checkout-status.js';
import type { CheckoutStatus } from './checkout-status.js';
import type { TransactionStatus } from './transaction-status.js';

const now = new Date('2026-01-15T12:00:00Z');
const later = new Date('2026-01-15T13:00:00Z');
const earlier = new Date('2026-01-15T11:00:00Z');

interface Row {
  status: CheckoutStatus;
  outcome: TransactionStatus;
  expiresAt?: Date;
  superseded?: boolean;
  latestAttempt?: boolean;
  to: CheckoutStatus | undefined;
}

describe('checkoutAfterAttempt', () => {
  it.each<Row>([
    { status: 'processing', outcome: 'succeeded', to: 'completed' },
    { status: 'open', outcome: 'succeeded', latestAttempt: false, to: 'completed' },
    { status: 'expired', outcome: 'succeeded', expiresAt: earlier, to: 'completed' },
    { status: 'cancelled', outcome: 'succeeded', superseded: true, to: 'completed' },
    { status: 'completed', outcome: 'succeeded', to: undefined },
    { status: 'processing', outcome: 'failed', to: 'open' },
    { status: 'processing', outcome: 'cancelled', to: 'open' },
    { status: 'processing', outcome: 'failed', expiresAt: earlier, to: 'expired' },
    { status: 'processing', outcome: 'failed', expiresAt: now, to: 'expired' },
    { status: 'processing', outcome: 'cancelled', superseded: true, to: 'cancelled' },
    { status: 'processing', outcome: 'failed', superseded: true, expiresAt: earlier, to: 'cancelled' },
    { status: 'processing', outcome: 'failed', latestAttempt: false, to: undefined },
    { status: 'open', outcome: 'failed', to: undefined },
    { status: 'completed', outcome: 'failed', to: undefined },
    { status: 'expired', outcome: 'cancelled', to: undefined },
    { status: 'open', outcome: 'pending_provider', to: 'processing' },
    { status: 'open', outcome: 'pending_provider', latestAttempt: false, to: undefined },
    { status: 'processing', outcome: 'pending_provider', to: undefined },
    { status: 'expired', outcome: 'pending_provider', expiresAt: earlier, to: undefined },
  ])('$status after $outcome (superseded $superseded, latest $latestAttempt) → $to', (row) => {
    const checkout = {
      status: row.status,
      expiresAt: row.expiresAt ?? later,
      superseded: row.superseded ?? false,
      latestAttempt: row.latestAttempt ?? true,
    };
    expect(checkoutAfterAttempt(checkout, row.outcome, now)).toBe(row.to);
  });

  it.each(['initiated', 'refunded', 'charged_back'] as const)('%s never moves a checkout', (outcome) => {
    for (const status of CHECKOUT_STATUSES) {
      expect(checkoutAfterAttempt({ status, expiresAt: later, superseded: false, latestAttempt: true }, outcome, now)).toBeUndefined();
    }
  });
});

describe('checkoutStatusAt', () => {
  it.each([
    { status: 'open', expiresAt: later, seen: 'open' },
    { status: 'open', expiresAt: now, seen: 'expired' },
    { status: 'processing', expiresAt: earlier, seen: 'processing' },
    { status: 'completed', expiresAt: earlier, seen: 'completed' },
  ] as const)('$status is seen as $seen', ({ status, expiresAt, seen }) => {
    expect(checkoutStatusAt(status, expiresAt, now)).toBe(seen);
  });
});
