import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEventBody, readPayment, wordOf } from './sandbox-translation.js';

const payment = { id: 'sbxpay_1', transactionId: 't1', status: 'paid', amount: 4900, currency: 'EUR' };

describe('wordOf', () => {
  it.each([
    ['awaiting_buyer', 'requires_buyer'],
    ['challenge_required', 'requires_buyer'],
    ['processing', 'pending'],
    ['paid', 'succeeded'],
    ['declined', 'failed'],
    ['canceled', 'cancelled'],
  ])('%s → %s', (status, word) => expect(wordOf(status)).toBe(word));

  it.each(['', 'PAID', 'settled', 'constructor', '__proto__', 'on_hold'])('a status we do not know (%p) means pending', (status) => {
    expect(wordOf(status)).toBe('pending');
  });
});

describe('readPayment', () => {
  it('reads all of a payment', () => {
    const redirectUrl = 'https://hooks.example.com/sandbox/pay/abc';
    const method = { type: 'card', brand: 'Visa', last4: '4242' };
    const failure = { code: 'card_declined', message: 'The card was declined.' };
    expect(readPayment({ ...payment, redirectUrl, method, failure })).toEqual({
      reference: 'sbxpay_1',
      transactionId: 't1',
      word: 'succeeded',
      amount: 4900,
      currency: 'EUR',
      redirectUrl,
      method,
      failure,
    });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'paid'],
    ['no id', { ...payment, id: undefined }],
    ['no transaction', { ...payment, transactionId: '' }],
    ['no status', { ...payment, status: null }],
    ['an amount in words', { ...payment, amount: '4900' }],
    ['a fraction', { ...payment, amount: 49.5 }],
    ['too large an amount', { ...payment, amount: 2 ** 53 }],
  ])('%s is unreadable', (_name, body) => expect(readPayment(body)).toBeUndefined());

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'not an address', 7, ''])(
    'does not send buyers to %p',
    (redirectUrl) => {
      expect(readPayment({ ...payment, redirectUrl })?.redirectUrl).toBeUndefined();
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (body) => void readPayment(body)));
    fc.assert(fc.property(fc.anything(), (body) => void readEventBody({ id: 'e', type: 't', createdAt: body, data: body })));
  });
});

describe('readEventBody', () => {
  const event = { id: 'sbxevt_1', type: 'payment.paid', createdAt: '2026-03-08T14:00:00.000Z', data: { payment } };

  it('reads an event', () => {
    expect(readEventBody(event)).toEqual({
      id: 'sbxevt_1',
      type: 'payment.paid',
      occurredAt: new Date('2026-03-08T14:00:00Z'),
      subject: { kind: 'payment', payment: readPayment(payment) },
    });
  });

  it.each([
    ['no id', { ...event, id: undefined }],
    ['no date', { ...event, createdAt: 'yesterday' }],
    ['no payment', { ...event, data: {} }],
    ['no data', { ...event, data: undefined }],
  ])('%s is unreadable', (_name, body) => expect(readEventBody(body)).toBeUndefined());
});
