import { describe, expect, it } from '@jest/globals';
import { CHECKOUT_STATUSES, CHECKOUT_TRANSITIONS, canCheckoutMove, checkoutStatusesBefore } from './checkout-status.js';
import { TRANSACTION_STATUSES, TRANSACTION_TRANSITIONS, canTransactionMove } from './transaction-status.js';

/** The allowed moves in words, kept apart from the table on purpose: each change has to be made twice. */
const TRANSACTION_MOVES = new Set([
  'initiated → pending_provider',
  'initiated → succeeded',
  'initiated → failed',
  'initiated → cancelled',
  'pending_provider → succeeded',
  'pending_provider → failed',
  'pending_provider → cancelled',
  'succeeded → refunded',
  'succeeded → charged_back',
  'failed → pending_provider',
  'failed → succeeded',
  'charged_back → succeeded',
  'charged_back → refunded',
  'refunded → succeeded',
  'refunded → charged_back',
]);

const CHECKOUT_MOVES = new Set([
  'open → processing',
  'open → completed',
  'open → expired',
  'open → cancelled',
  'processing → open',
  'processing → completed',
  'processing → expired',
  'processing → cancelled',
  'expired → completed',
  'cancelled → completed',
]);

describe.each([
  ['transaction', TRANSACTION_STATUSES, canTransactionMove, TRANSACTION_MOVES, 'initiated', TRANSACTION_TRANSITIONS],
  ['checkout', CHECKOUT_STATUSES, canCheckoutMove, CHECKOUT_MOVES, 'open', CHECKOUT_TRANSITIONS],
] as const)('life of a %s', (_name, statuses, canMove, moves, first, table) => {
  const all: readonly string[] = statuses;
  const may = canMove as (from: string, to: string) => boolean;

  it('allows exactly the listed moves of all pairs', () => {
    const allowed = all.flatMap((from) => all.filter((to) => may(from, to)).map((to) => `${from} → ${to}`));
    expect(new Set(allowed)).toEqual(moves);
  });

  it('reaches every status from the first', () => {
    const reached = new Set<string>([first]);
    for (const status of reached) for (const next of (table as Record<string, readonly string[]>)[status] ?? []) reached.add(next);
    expect([...reached].sort()).toEqual([...all].sort());
  });

  it('never moves to where it is', () => {
    for (const status of all) expect(may(status, status)).toBe(false);
  });
});

it('knows where a checkout may come from, for the write that repeats the check', () => {
  expect(checkoutStatusesBefore('completed').sort()).toEqual(['cancelled', 'expired', 'open', 'processing']);
  expect(checkoutStatusesBefore('open')).toEqual(['processing']);
});
