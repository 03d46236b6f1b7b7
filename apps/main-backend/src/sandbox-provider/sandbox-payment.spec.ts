import { describe, expect, it } from '@jest/globals';
import { canSandboxMove, moveByChallenge, moveByInstrument, moveBySettlement, SANDBOX_STATUSES } from './sandbox-payment.js';
import { TEST_INSTRUMENTS } from './test-instruments.js';

const now = new Date('2026-03-08T14:00:00Z');

describe('moveByInstrument', () => {
  it.each([
    ['tok_success', { to: 'paid', method: { type: 'card', brand: 'Visa', last4: '4242' } }],
    ['tok_declined', { to: 'declined', declineCode: 'card_declined' }],
    ['tok_insufficient_funds', { to: 'declined', declineCode: 'insufficient_funds' }],
    ['tok_expired_card', { to: 'declined', declineCode: 'expired_card' }],
    ['tok_3ds', { to: 'challenge_required' }],
    ['tok_debit_success', { to: 'processing', settleAt: new Date('2026-03-08T14:00:10Z'), method: { type: 'bank_debit', last4: '3000' } }],
    ['tok_debit_failed', { to: 'processing', settleDeclineCode: 'debit_failed', method: { type: 'bank_debit', last4: '3001' } }],
  ])('%s', (token, move) => expect(moveByInstrument(token, now, 10_000)).toMatchObject(move));

  it.each(['', 'tok_unknown', '4242424242424242', 'constructor'])('does not know %p', (token) => {
    expect(moveByInstrument(token, now, 0)).toBeUndefined();
  });

  it('leads every test instrument somewhere a payment may go', () => {
    for (const { token } of TEST_INSTRUMENTS) {
      expect(canSandboxMove('awaiting_buyer', moveByInstrument(token, now, 0)!.to)).toBe(true);
    }
  });
});

describe('the end of a payment', () => {
  it('is final', () => {
    const final = SANDBOX_STATUSES.filter((from) => SANDBOX_STATUSES.every((to) => !canSandboxMove(from, to)));
    expect(final).toEqual(['paid', 'declined', 'canceled']);
  });

  it.each([
    [moveByChallenge(true), { to: 'paid' }],
    [moveByChallenge(false), { to: 'declined', declineCode: 'authentication_failed' }],
    [moveBySettlement({}), { to: 'paid' }],
    [moveBySettlement({ settleDeclineCode: 'debit_failed' }), { to: 'declined', declineCode: 'debit_failed' }],
  ])('%j', (move, expected) => expect(move).toEqual(expected));
});
