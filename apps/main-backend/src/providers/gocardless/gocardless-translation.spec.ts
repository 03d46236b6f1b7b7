import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  billingRequestFields,
  collectedPayment,
  disputeIn,
  flowFields,
  isLateFailure,
  openPayment,
  readBillingRequest,
  readCollection,
  readHistory,
  readRefund,
  refundTold,
} from './gocardless-translation.js';
import type { Collection } from './gocardless-translation.js';

const billingRequest = {
  id: 'BRQ123',
  status: 'pending',
  mandate_request: { currency: 'EUR', scheme: 'sepa_core', links: {} },
  metadata: { transactionId: 't1', amount: '4900', description: 'Order 1' },
  links: {},
};
const collection: Collection = { id: 'PM123', status: 'confirmed', amount: 4900, currency: 'EUR', refunded: 0, scheme: 'sepa_core' };
const of = { reference: 'BRQ123', transactionId: 't1' };
const refund = {
  id: 'RF123',
  status: 'submitted',
  amount: 1900,
  currency: 'EUR',
  created_at: '2026-03-20T09:00:00Z',
  metadata: { refundId: 'r1', transactionId: 't1' },
};
const now = new Date('2026-03-25T12:00:00Z');

describe('the words of a collection', () => {
  it.each([
    ['pending_customer_approval', 'pending'],
    ['pending_submission', 'pending'],
    ['submitted', 'pending'],
    ['confirmed', 'succeeded'],
    ['paid_out', 'succeeded'],
    ['charged_back', 'succeeded'],
    ['cancelled', 'cancelled'],
    ['customer_approval_denied', 'failed'],
    ['failed', 'failed'],
    ['', 'pending'],
    ['PAID_OUT', 'pending'],
    ['constructor', 'pending'],
    ['__proto__', 'pending'],
  ])('%p → %s', (status, word) => {
    const payment = collectedPayment({ ...collection, status }, of);
    expect(payment).toMatchObject({ ...of, word, amount: 4900, currency: 'EUR', method: { type: 'sepa_core' } });
    expect(payment.failure !== undefined).toBe(word === 'failed');
  });

  it('one that failed after it was confirmed did succeed', () => {
    const failed = { ...collection, status: 'failed' };
    expect(collectedPayment(failed, of, { confirmed: true }).word).toBe('succeeded');
    expect(collectedPayment(failed, of, { confirmed: false }).word).toBe('failed');
    expect([isLateFailure(failed, { confirmed: true }), isLateFailure(collection, { confirmed: true })]).toEqual([true, false]);
  });
});

describe('the words of a billing request', () => {
  const read = (changes: object) => readBillingRequest({ ...billingRequest, ...changes })!;
  const link = 'https://pay.gocardless.com/flow';

  it.each([
    ['pending', undefined, 'requires_buyer', false],
    ['ready_to_fulfil', undefined, 'requires_buyer', false],
    ['fulfilling', undefined, 'pending', false],
    ['fulfilled', 'pending_submission', 'requires_buyer', true],
    ['fulfilled', 'active', 'requires_buyer', true],
    ['fulfilled', 'a new one', 'requires_buyer', true],
    ['fulfilled', 'cancelled', 'cancelled', false],
    ['fulfilled', 'failed', 'failed', false],
    ['fulfilled', 'expired', 'failed', false],
    ['fulfilled', 'consumed', 'failed', false],
    ['fulfilled', 'blocked', 'failed', false],
    ['cancelled', undefined, 'cancelled', false],
    ['a new one', undefined, 'pending', false],
  ])('%s, mandate %s → %s, waits for us: %p', (status, mandate, word, awaits) => {
    const links = mandate === undefined ? {} : { mandate_request_mandate: 'MD123' };
    const payment = openPayment(read({ status, links }), mandate, link);
    expect([payment.word, payment.awaitsCompletion ?? false]).toEqual([word, awaits]);
    expect(payment.redirectUrl).toBe(status === 'pending' ? link : undefined);
    expect(payment.failure !== undefined).toBe(word === 'failed');
  });

  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['no id', { ...billingRequest, id: undefined }],
    ['one made elsewhere', { ...billingRequest, metadata: {} }],
    ['no amount', { ...billingRequest, metadata: { transactionId: 't1' } }],
    ['an amount in words', { ...billingRequest, metadata: { transactionId: 't1', amount: '49.00' } }],
    ['a currency of nobody', { ...billingRequest, mandate_request: { currency: 'XXX' } }],
  ])('%s is unreadable', (_what, body) => expect(readBillingRequest(body)).toBeUndefined());

  it('reads back what it wrote', () => {
    const written = fc.record({
      amount: fc.integer({ min: 1, max: 10 ** 12 }),
      currency: fc.constantFrom('EUR', 'GBP', 'SEK'),
      description: fc.string(),
    });
    fc.assert(
      fc.property(written, (fields) => {
        const request = { transactionId: 't1', returnUrl: 'https://a.example', ...fields };
        const read = readBillingRequest({ id: 'BRQ1', status: 'pending', links: {}, ...billingRequestFields(request) });
        expect(read).toMatchObject({ transactionId: 't1', amount: fields.amount, currency: fields.currency });
        expect(fields.description.startsWith(read?.description ?? '?')).toBe(true);
      }),
    );
  });

  it('takes anything without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        readBillingRequest(body);
        readCollection(body);
        readRefund(body, 'BRQ1', now);
        readHistory([body]);
        disputeIn(body, collection, { paymentReference: 'BRQ1', transactionId: 't1' }, true);
      }),
    );
  });
});

describe('flowFields', () => {
  const request = { transactionId: 't1', amount: 1, currency: 'EUR', description: 'x', returnUrl: 'https://a.example' };

  it.each([
    ['pt-BR', 'pt'],
    ['de', 'de'],
    ['pl', undefined],
    [undefined, undefined],
  ])('locale %s: %s', (locale, language) =>
    expect((flowFields('BRQ1', { ...request, locale }) as { language?: string }).language).toBe(language),
  );
});

describe('readHistory', () => {
  it('remembers that it was confirmed, and why it failed', () => {
    const failed = { action: 'failed', details: { cause: 'insufficient_funds', description: 'Too little money.' } };
    expect(readHistory([failed, { action: 'submitted' }])).toEqual({
      confirmed: false,
      failure: { code: 'insufficient_funds', message: 'Too little money.' },
    });
    expect(readHistory([failed, { action: 'confirmed' }]).confirmed).toBe(true);
    expect(readHistory([{ action: 'paid_out' }])).toEqual({ confirmed: true, failure: undefined });
  });
});

describe('disputeIn', () => {
  const created_at = '2026-04-01T08:00:00Z';
  const told = (action: string, late = false) =>
    disputeIn(
      { action, created_at, details: { cause: 'refer_to_payer' } },
      collection,
      { paymentReference: 'BRQ123', transactionId: 't1' },
      late,
    );

  it.each([
    ['charged_back', false, 'open', 'chargeback_PM123'],
    ['chargeback_settled', false, 'lost', 'chargeback_PM123'],
    ['chargeback_cancelled', false, 'won', 'chargeback_PM123'],
    ['late_failure_settled', false, 'lost', 'late_failure_PM123'],
    ['failed', true, 'lost', 'late_failure_PM123'],
  ])('%s (late: %p): %s', (action, late, word, reference) => {
    expect(told(action, late)).toEqual({
      reference,
      word,
      paymentReference: 'BRQ123',
      transactionId: 't1',
      amount: 4900,
      currency: 'EUR',
      reason: 'refer_to_payer',
      occurredAt: new Date(created_at),
    });
  });

  it.each(['failed', 'confirmed', 'paid_out', 'constructor'])('%s is none', (action) => expect(told(action)).toBeUndefined());
});

describe('refunds', () => {
  it.each([
    ['created', 'pending'],
    ['pending_submission', 'pending'],
    ['submitted', 'pending'],
    ['paid', 'succeeded'],
    ['cancelled', 'failed'],
    ['bounced', 'failed'],
    ['funds_returned', 'failed'],
    ['a new one', 'pending'],
    [undefined, 'pending'],
  ])('%s → %s, dated by the answer once it is decided', (status, word) => {
    const read = readRefund({ ...refund, status }, 'BRQ123', now);
    expect(read).toMatchObject({ reference: 'RF123', refundId: 'r1', transactionId: 't1', paymentReference: 'BRQ123', word, amount: 1900 });
    expect(read?.occurredAt).toEqual(word === 'pending' ? new Date(refund.created_at) : now);
    expect(read?.failure !== undefined).toBe(word === 'failed');
  });

  it.each([
    ['created', 'pending'],
    ['paid', 'succeeded'],
    ['failed', 'failed'],
    ['refund_returned', 'failed'],
    ['refund_settled', undefined],
    ['a new one', undefined],
  ])('an event %s tells: %s', (action, word) => {
    const created_at = '2026-03-26T00:00:00Z';
    const told = refundTold({ action, created_at }, readRefund(refund, 'BRQ123', now)!);
    expect(told?.word).toBe(word);
    if (told) expect(told.occurredAt).toEqual(new Date(created_at));
  });
});
