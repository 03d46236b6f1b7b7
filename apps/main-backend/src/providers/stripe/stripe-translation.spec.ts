import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  disputeWord,
  paymentWord,
  readDispute,
  readFailure,
  readPayableIntent,
  readPayment,
  readRefund,
  refundWord,
} from './stripe-translation.js';

const metadata = { transactionId: 't1' };
const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  status: 'requires_payment_method',
  amount: 4900,
  amount_received: 0,
  currency: 'eur',
  client_secret: 'pi_1_secret_2',
  metadata,
  last_payment_error: null,
  latest_charge: null,
};
const event = new Date('2026-03-08T14:00:00Z');
const answer = new Date('2026-03-09T09:00:00Z');
const UNKNOWN = ['', 'SUCCEEDED', 'on_hold', 'constructor', '__proto__'];

describe('paymentWord', () => {
  it.each([
    ['requires_payment_method', false, 'requires_buyer'],
    ['requires_payment_method', true, 'failed'],
    ['requires_confirmation', false, 'requires_buyer'],
    ['requires_action', false, 'requires_buyer'],
    ['requires_action', true, 'requires_buyer'],
    ['processing', false, 'pending'],
    ['processing', true, 'pending'],
    ['requires_capture', false, 'pending'],
    ['succeeded', false, 'succeeded'],
    ['succeeded', true, 'succeeded'],
    ['canceled', false, 'cancelled'],
    ['canceled', true, 'cancelled'],
  ])('%s, refused before: %p → %s', (status, failed, word) => expect(paymentWord(status, failed)).toBe(word));

  it.each(UNKNOWN)('a status we do not know (%p) means pending', (status) => {
    expect(paymentWord(status, false)).toBe('pending');
    expect(paymentWord(status, true)).toBe('pending');
  });
});

describe('refundWord', () => {
  it.each([
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ...UNKNOWN.map((status) => [status, 'pending'] as const),
  ])('%p → %s', (status, word) => expect(refundWord(status)).toBe(word));
});

describe('disputeWord', () => {
  it.each([
    ['warning_needs_response', 'open'],
    ['warning_under_review', 'under_review'],
    ['warning_closed', 'won'],
    ['needs_response', 'open'],
    ['under_review', 'under_review'],
    ['appeal_needs_response', 'under_review'],
    ['appeal_under_review', 'under_review'],
    ['won', 'won'],
    ['lost', 'lost'],
    ...UNKNOWN.map((status) => [status, 'under_review'] as const),
  ])('%p → %s', (status, word) => expect(disputeWord(status, true)).toBe(word));

  it('asks for the money in a dispute that was prevented', () => {
    expect(disputeWord('prevented', true)).toBe('accepted');
    expect(disputeWord('prevented', false)).toBe('won');
  });
});

describe('readPayment', () => {
  it('reads a payment that came in, and how', () => {
    const latest_charge = { id: 'ch_1', payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } } };
    expect(readPayment({ ...intent, status: 'succeeded', amount_received: 4900, latest_charge })).toEqual({
      reference: 'pi_1',
      transactionId: 't1',
      word: 'succeeded',
      amount: 4900,
      currency: 'EUR',
      method: { type: 'card', brand: 'Visa', last4: '4242' },
    });
  });

  it('says what came in when it is not what was asked for', () => {
    expect(readPayment({ ...intent, status: 'succeeded', amount_received: 100 })?.amount).toBe(100);
    expect(readPayment({ ...intent, status: 'processing', amount_received: 0 })?.amount).toBe(4900);
  });

  it('reads why it was refused', () => {
    const last_payment_error = { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'Too little.' };
    expect(readPayment({ ...intent, last_payment_error })).toMatchObject({
      word: 'failed',
      failure: { code: 'insufficient_funds', message: 'Too little.' },
    });
    expect(readPayment({ ...intent, last_payment_error, status: 'succeeded', amount_received: 4900 })?.failure).toBeUndefined();
  });

  it.each([
    ['card without brand', { type: 'card', card: { last4: '4242' } }, { type: 'card', last4: '4242' }],
    ['a brand we have no name for', { type: 'card', card: { brand: 'accel', last4: '1' } }, { type: 'card', brand: 'accel', last4: '1' }],
    ['SEPA', { type: 'sepa_debit', sepa_debit: { last4: '3000' } }, { type: 'bank_debit', last4: '3000' }],
    ['iDEAL', { type: 'ideal', ideal: { bank: 'ing' } }, { type: 'ideal', brand: 'iDEAL' }],
    ['something new', { type: 'teleport' }, { type: 'teleport' }],
    ['nothing', undefined, undefined],
    ['nonsense', 'card', undefined],
  ])('reads how it was paid: %s', (_name, payment_method_details, method) => {
    expect(readPayment({ ...intent, latest_charge: { payment_method_details } })?.method).toEqual(method);
  });

  it('knows nothing of the method while the charge is only named', () => {
    expect(readPayment({ ...intent, latest_charge: 'ch_1' })?.method).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'succeeded'],
    ['a list', [intent]],
    ['another object', { ...intent, object: 'setup_intent' }],
    ['no id', { ...intent, id: undefined }],
    ['a payment of somebody else', { ...intent, metadata: {} }],
    ['inherited metadata', { ...intent, metadata: Object.create({ transactionId: 't1' }) as object }],
    ['no status', { ...intent, status: null }],
    ['an amount in words', { ...intent, amount: '4900' }],
    ['a fraction', { ...intent, amount: 49.5 }],
    ['too large an amount', { ...intent, amount: 2 ** 53 }],
    ['no currency', { ...intent, currency: undefined }],
  ])('%s is unreadable', (_name, body) => expect(readPayment(body)).toBeUndefined());

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readPayment(value);
        readPayment({ ...intent, latest_charge: value, last_payment_error: value });
        readRefund(value, { event: answer });
        readDispute({ object: 'dispute', id: 'du_1', payment_intent: value, balance_transactions: value }, answer);
      }),
    );
  });
});

describe('readPayableIntent', () => {
  it('hands the secret over while the buyer has to act', () => {
    const handOff = { kind: 'stripe_element', publishableKey: 'pk_test_1', clientSecret: 'pi_1_secret_2' };
    for (const status of ['requires_payment_method', 'requires_confirmation', 'requires_action']) {
      expect(readPayableIntent({ ...intent, status }, 'pk_test_1')?.handOff).toEqual(handOff);
    }
  });

  it('and only then', () => {
    for (const status of ['processing', 'succeeded', 'canceled', 'requires_capture', 'unheard_of']) {
      expect(readPayableIntent({ ...intent, status }, 'pk_test_1')).not.toHaveProperty('handOff');
    }
    expect(readPayment(intent)).not.toHaveProperty('handOff');
    expect(readPayableIntent({ ...intent, client_secret: undefined }, 'pk_test_1')).not.toHaveProperty('handOff');
  });
});

describe('readRefund', () => {
  const refund = {
    id: 're_1',
    object: 'refund',
    payment_intent: 'pi_1',
    status: 'succeeded',
    amount: 1900,
    currency: 'eur',
    created: 1772978000,
  };
  const created = new Date(1772978000_000);

  it('reads ours and those made at Stripe', () => {
    expect(readRefund({ ...refund, metadata: { ...metadata, refundId: 'r1' } }, { event })).toEqual({
      reference: 're_1',
      refundId: 'r1',
      transactionId: 't1',
      paymentReference: 'pi_1',
      word: 'succeeded',
      amount: 1900,
      currency: 'EUR',
      occurredAt: event,
    });
    expect(readRefund({ ...refund, payment_intent: { id: 'pi_1' } }, { event })).toMatchObject({
      refundId: undefined,
      paymentReference: 'pi_1',
    });
  });

  it.each([
    ['an event of success', { ...refund }, { event }, event],
    ['an event of failure', { ...refund, status: 'failed' }, { event }, event],
    ['an answer: pending', { ...refund, status: 'pending' }, { answer }, created],
    ['an answer: succeeded', { ...refund }, { answer }, created],
    ['an answer: failed, which ends it', { ...refund, status: 'failed' }, { answer }, answer],
  ])('knows since when: %s', (_name, body, heardAt, expected) => expect(readRefund(body, heardAt)?.occurredAt).toEqual(expected));

  it.each([
    ['failed', 'expired_or_canceled_card', 'expired_or_canceled_card'],
    ['failed', undefined, 'refund_failed'],
    ['canceled', undefined, 'refund_cancelled'],
  ])('says why it is %s (%p)', (status, failure_reason, code) => {
    expect(readRefund({ ...refund, status, failure_reason }, { event })).toMatchObject({ word: 'failed', failure: { code } });
  });

  it.each([
    ['no payment', { ...refund, payment_intent: null }],
    ['no amount', { ...refund, amount: null }],
    ['a charge', { ...refund, object: 'charge' }],
  ])('%s is unreadable', (_name, body) => expect(readRefund(body, { event })).toBeUndefined());
});

describe('readDispute', () => {
  const dispute = {
    id: 'du_1',
    object: 'dispute',
    payment_intent: 'pi_1',
    status: 'needs_response',
    amount: 4900,
    currency: 'eur',
    reason: 'fraudulent',
    evidence_details: { due_by: 1773500000 },
  };

  it('reads a dispute', () => {
    expect(readDispute(dispute, event)).toEqual({
      reference: 'du_1',
      paymentReference: 'pi_1',
      word: 'open',
      amount: 4900,
      currency: 'EUR',
      reason: 'fraudulent',
      evidenceDueBy: new Date(1773500000_000),
      occurredAt: event,
    });
  });

  it.each([
    [[{ amount: -4900 }], 'accepted'],
    [[{ amount: -4900 }, { amount: 4900 }], 'won'],
    [[], 'won'],
    [undefined, 'won'],
    [[null, 'x'], 'won'],
  ])('prevented, with %j: %s', (balance_transactions, word) => {
    expect(readDispute({ ...dispute, status: 'prevented', balance_transactions }, event)?.word).toBe(word);
  });

  it('without a payment of ours is unreadable', () => expect(readDispute({ ...dispute, payment_intent: null }, event)).toBeUndefined());
});

describe('readFailure', () => {
  it.each([
    [
      { code: 'card_declined', decline_code: 'insufficient_funds', message: 'm' },
      { code: 'insufficient_funds', message: 'm' },
    ],
    [
      { code: 'card_declined', decline_code: 'generic_decline', message: 'm' },
      { code: 'card_declined', message: 'm' },
    ],
    [
      { code: 'expired_card', message: 'm' },
      { code: 'expired_card', message: 'm' },
    ],
    [{ code: 'payment_intent_authentication_failure' }, { code: 'payment_intent_authentication_failure', message: expect.any(String) }],
    [{}, { code: 'payment_failed', message: expect.any(String) }],
  ])('%j → %j', (error, failure) => expect(readFailure(error)).toEqual(failure));

  it.each(['fraudulent', 'lost_card', 'stolen_card', 'pickup_card', 'merchant_blacklist'])(
    'does not tell the buyer of %s',
    (decline_code) => {
      const failure = readFailure({ code: 'card_declined', decline_code, message: `It is ${decline_code}.` });
      expect(failure).toEqual({ code: 'card_declined', message: 'The card was declined.' });
    },
  );
});
