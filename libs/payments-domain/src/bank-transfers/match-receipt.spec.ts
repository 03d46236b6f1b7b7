import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LISTING_REASONS, matchReceipt, receivedState } from './match-receipt.js';
import type { IncomingMoney, MatchCandidate } from './match-receipt.js';

const money: IncomingMoney = { amount: 4900, currency: 'EUR', source: 'statement' };
const payment: MatchCandidate = {
  transactionId: 't1',
  status: 'pending_provider',
  amount: 4900,
  currency: 'EUR',
  receipts: [],
};
const ASSIGNED = { kind: 'assign', transactionId: 't1' };
const listed = (reason: string) => ({ kind: 'list', reason });

describe('matchReceipt', () => {
  it.each<[string, Partial<MatchCandidate>, Partial<IncomingMoney>, object]>([
    ['the whole amount', {}, {}, ASSIGNED],
    ['a part of it', {}, { amount: 1000 }, ASSIGNED],
    ['more than that', {}, { amount: 5000 }, ASSIGNED],
    ['the rest', { receipts: [{ amount: 1000, source: 'statement' }] }, { amount: 3900 }, ASSIGNED],
    ['a second part of the same amount', { receipts: [{ amount: 2450, source: 'statement' }] }, { amount: 2450 }, ASSIGNED],
    ['a late payment of a failed attempt', { status: 'failed' }, {}, ASSIGNED],
    ['a payment before the page was answered', { status: 'initiated' }, {}, ASSIGNED],
    ['paid twice by the same bank', { status: 'succeeded', receipts: [{ amount: 4900, source: 'statement' }] }, {}, ASSIGNED],
    ['marked as paid before', { status: 'succeeded', receipts: [{ amount: 4900, source: 'operator' }] }, {}, listed('possible_duplicate')],
    ['a part of what was marked', { receipts: [{ amount: 4900, source: 'operator' }] }, { amount: 900 }, listed('possible_duplicate')],
    ['the same part as marked', { receipts: [{ amount: 900, source: 'operator' }] }, { amount: 900 }, listed('possible_duplicate')],
    ['the rest of what was marked', { receipts: [{ amount: 900, source: 'operator' }] }, { amount: 4000 }, ASSIGNED],
    ['another currency', {}, { currency: 'CHF' }, listed('other_currency')],
    ['a cancelled payment', { status: 'cancelled' }, {}, listed('payment_closed')],
    ['a refunded payment', { status: 'refunded' }, {}, listed('payment_closed')],
    ['a disputed payment', { status: 'charged_back' }, {}, listed('payment_closed')],
  ])('%s', (_what, candidate, change, expected) => {
    expect(matchReceipt({ ...money, ...change }, true, [{ ...payment, ...candidate }])).toEqual(expected);
  });

  it('lists what names no payment, or several', () => {
    expect(matchReceipt(money, false, [])).toEqual(listed('no_reference'));
    expect(matchReceipt(money, true, [])).toEqual(listed('unknown_reference'));
    expect(matchReceipt(money, true, [payment, { ...payment, transactionId: 't2' }])).toEqual(listed('several_payments'));
  });

  it('assigns to nothing but the one candidate, in its currency', () => {
    const candidate = fc.record({
      transactionId: fc.constantFrom('t1', 't2', 't3'),
      status: fc.constantFrom('initiated', 'pending_provider', 'succeeded', 'failed', 'cancelled', 'refunded', 'charged_back'),
      amount: fc.integer({ min: 1, max: 10_000 }),
      currency: fc.constantFrom('EUR', 'CHF'),
      receipts: fc.array(
        fc.record({ amount: fc.integer({ min: 1, max: 10_000 }), source: fc.constantFrom('operator', 'statement', 'provider') }),
      ),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 3 }), fc.boolean(), (candidates, named) => {
        const typed = candidates as MatchCandidate[];
        const verdict = matchReceipt(money, named, typed);
        if (verdict.kind === 'list') return LISTING_REASONS.includes(verdict.reason);
        const [only] = typed;
        return typed.length === 1 && only?.transactionId === verdict.transactionId && only.currency === 'EUR';
      }),
    );
  });
});

describe('receivedState', () => {
  it.each([
    [0, { complete: false, difference: -4900 }],
    [4899, { complete: false, difference: -1 }],
    [4900, { complete: true, difference: 0 }],
    [5000, { complete: true, difference: 100 }],
  ])('%p of 4900', (received, expected) => expect(receivedState(4900, received)).toEqual(expected));
});
