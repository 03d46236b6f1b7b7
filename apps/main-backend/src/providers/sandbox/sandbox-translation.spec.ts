import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disputeWordOf, readDispute, readEventBody, readPayment, readRefund, refundWordOf, wordOf } from './sandbox-translation.js';

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

describe('refundWordOf', () => {
  it.each([
    ['queued', 'pending'],
    ['paid_out', 'succeeded'],
    ['rejected', 'failed'],
    ['constructor', 'pending'],
    ['on_hold', 'pending'],
  ])('%s → %s', (status, word) => expect(refundWordOf(status)).toBe(word));
});

describe('disputeWordOf', () => {
  it.each([
    ['opened', 'open'],
    ['reviewing', 'under_review'],
    ['merchant_won', 'won'],
    ['buyer_won', 'lost'],
    ['conceded', 'accepted'],
    ['constructor', 'under_review'],
    ['escalated', 'under_review'],
  ])('%s → %s', (status, word) => expect(disputeWordOf(status)).toBe(word));
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

const moneyBack = {
  ...{ id: 'sbx_1', paymentId: 'sbxpay_1', transactionId: 't1', amount: 1900, currency: 'EUR' },
  updatedAt: '2026-03-08T14:00:00.000Z',
};
const refund = { ...moneyBack, status: 'rejected', refundId: 'r1', failure: { code: 'refund_rejected', message: 'Sent back.' } };
const dispute = { ...moneyBack, status: 'opened', reason: 'fraudulent', evidenceDueBy: '2026-03-22T14:00:00.000Z' };

describe('readRefund and readDispute', () => {
  const common = {
    ...{ reference: 'sbx_1', paymentReference: 'sbxpay_1', transactionId: 't1', amount: 1900, currency: 'EUR' },
    occurredAt: new Date('2026-03-08T14:00:00Z'),
  };

  it('read all of it', () => {
    expect(readRefund(refund)).toEqual({ ...common, word: 'failed', refundId: 'r1', failure: refund.failure });
    const evidenceDueBy = new Date('2026-03-22T14:00:00Z');
    expect(readDispute(dispute)).toEqual({ ...common, word: 'open', reason: 'fraudulent', evidenceDueBy });
  });

  it.each([
    ['nothing', undefined],
    ['no id', { id: undefined }],
    ['no payment', { paymentId: '' }],
    ['no time', { updatedAt: 'yesterday' }],
    ['no status', { status: null }],
    ['a fraction', { amount: 19.5 }],
  ])('%s is unreadable', (_name, change) => {
    for (const read of [readRefund, readDispute]) expect(read(change && { ...refund, ...change })).toBeUndefined();
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.anything(), (body) => void readRefund(body)));
    fc.assert(fc.property(fc.anything(), (body) => void readDispute(body)));
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

  it('takes the refund or dispute for the news, when one comes with the payment', () => {
    expect(readEventBody({ ...event, data: { payment, refund } })?.subject).toEqual({ kind: 'refund', refund: readRefund(refund) });
    expect(readEventBody({ ...event, data: { payment, dispute } })?.subject).toEqual({ kind: 'dispute', dispute: readDispute(dispute) });
    expect(readEventBody({ ...event, data: { payment, refund: {} } })).toBeUndefined();
  });

  it.each([
    ['no id', { ...event, id: undefined }],
    ['no date', { ...event, createdAt: 'yesterday' }],
    ['no payment', { ...event, data: {} }],
    ['no data', { ...event, data: undefined }],
  ])('%s is unreadable', (_name, body) => expect(readEventBody(body)).toBeUndefined());
});
