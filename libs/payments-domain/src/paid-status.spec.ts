import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHARGEBACK_STATUSES } from './chargeback.js';
import type { ChargebackStatus } from './chargeback.js';
import { isPaid, paidStatus } from './paid-status.js';
import { REFUND_STATUSES, refundableAmount, refundedAmount } from './refund.js';
import type { RefundPart, RefundStatus } from './refund.js';
import { canTransactionMove, TRANSACTION_STATUSES } from './transaction-status.js';

const refund = (amount: number, status: RefundStatus = 'succeeded'): RefundPart => ({ amount, status });
const dispute = (status: ChargebackStatus): { status: ChargebackStatus } => ({ status });

const refunds = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 500 }), status: fc.constantFrom(...REFUND_STATUSES) }), {
  maxLength: 5,
});
const disputes = fc.array(fc.record({ status: fc.constantFrom(...CHARGEBACK_STATUSES) }), { maxLength: 3 });

describe('paidStatus', () => {
  it.each<[string, RefundPart[], { status: ChargebackStatus }[], string]>([
    ['nothing happened', [], [], 'succeeded'],
    ['part of it was refunded', [refund(400)], [], 'succeeded'],
    ['all of it, in parts', [refund(400), refund(600)], [], 'refunded'],
    ['all of it, but one part is on its way', [refund(400), refund(600, 'pending')], [], 'succeeded'],
    ['all of it, but the bank sent it back', [refund(1000, 'failed')], [], 'succeeded'],
    ['more than was paid, by the provider’s own hand', [refund(1200)], [], 'refunded'],
    ['an open dispute', [], [dispute('open')], 'charged_back'],
    ['a dispute under review', [], [dispute('under_review')], 'charged_back'],
    ['a lost dispute', [], [dispute('lost')], 'charged_back'],
    ['an accepted dispute', [], [dispute('accepted')], 'charged_back'],
    ['a won dispute', [], [dispute('won')], 'succeeded'],
    ['one won, one open', [], [dispute('won'), dispute('open')], 'charged_back'],
    ['a dispute of what was refunded', [refund(1000)], [dispute('open')], 'charged_back'],
    ['a won dispute of what was refunded', [refund(1000)], [dispute('won')], 'refunded'],
  ])('%s', (_name, given, cases, expected) => expect(paidStatus(1000, given, cases)).toBe(expected));

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(refunds, disputes, fc.integer(), (given, cases, seed) => {
        const turned = <T>(list: readonly T[]): T[] => {
          const by = list.length === 0 ? 0 : Math.abs(seed) % list.length;
          return [...list.slice(by), ...list.slice(0, by)].reverse();
        };
        expect(paidStatus(1000, turned(given), turned(cases))).toBe(paidStatus(1000, given, cases));
      }),
    );
  });

  it('only leads along the transitions of a transaction', () => {
    const paid = TRANSACTION_STATUSES.filter(isPaid);
    for (const from of paid)
      for (const to of paid) if (from !== to) expect([from, to, canTransactionMove(from, to)]).toEqual([from, to, true]);
  });
});

describe('refundableAmount', () => {
  it('with what was refunded and what is on its way makes the amount, unless more was refunded', () => {
    fc.assert(
      fc.property(refunds, fc.integer({ min: 1, max: 2000 }), (given, paid) => {
        const onItsWay = given.filter(({ status }) => status === 'pending').reduce((sum, { amount }) => sum + amount, 0);
        const left = refundableAmount(paid, given);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBe(Math.max(0, paid - refundedAmount(given) - onItsWay));
      }),
    );
  });
});
