import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  nextIn,
  paymentBody,
  readDispute,
  readEvents,
  readPayment,
  readRefund,
  refundBody,
  refundWordOf,
  wordOf,
} from './mollie-translation.js';

const payment = {
  resource: 'payment',
  id: 'tr_5B8cwPMGnU',
  mode: 'test',
  createdAt: '2026-03-20T09:13:37+00:00',
  amount: { value: '49.00', currency: 'EUR' },
  status: 'open',
  metadata: { transactionId: 't1' },
  _links: { checkout: { href: 'https://www.mollie.com/checkout/select-method/5B8cwPMGnU' } },
};
const refund = {
  id: 're_1',
  paymentId: 'tr_5B8cwPMGnU',
  createdAt: '2026-03-21T09:13:37+00:00',
  amount: { value: '5.95', currency: 'EUR' },
  status: 'refunded',
  metadata: { refundId: 'r1', transactionId: 't1' },
};
const chargeback = {
  id: 'chb_1',
  paymentId: 'tr_5B8cwPMGnU',
  createdAt: '2026-03-22T09:13:37+00:00',
  amount: { value: '49.00', currency: 'EUR' },
  reason: { code: 'AC01', description: 'Account identifier incorrect' },
  reversedAt: null,
};

describe('the words of Mollie', () => {
  it.each([
    ['open', 'requires_buyer'],
    ['pending', 'pending'],
    ['authorized', 'pending'],
    ['paid', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'cancelled'],
    ['expired', 'cancelled'],
  ])('payment %s → %s', (status, word) => expect(wordOf(status)).toBe(word));

  it.each([
    ['queued', 'pending'],
    ['pending', 'pending'],
    ['processing', 'pending'],
    ['refunded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('refund %s → %s', (status, word) => expect(refundWordOf(status)).toBe(word));

  it.each(['', 'PAID', 'paidout', 'constructor', '__proto__'])('a status we do not know (%p) means pending', (status) => {
    expect([wordOf(status), refundWordOf(status)]).toEqual(['pending', 'pending']);
  });
});

describe('readPayment', () => {
  it('reads one that waits for the buyer', () => {
    expect(readPayment(payment, false)).toEqual({
      reference: 'tr_5B8cwPMGnU',
      transactionId: 't1',
      word: 'requires_buyer',
      amount: 4900,
      currency: 'EUR',
      redirectUrl: 'https://www.mollie.com/checkout/select-method/5B8cwPMGnU',
    });
  });

  it.each([
    ['JPY', '5000', 5000],
    ['EUR', '49.01', 4901],
    ['HUF', '49.01', 4901],
    ['ISK', '49', 49],
  ])('reads amounts in %s', (currency, value, amount) => {
    expect(readPayment({ ...payment, amount: { value, currency } }, false)?.amount).toBe(amount);
  });

  it.each([
    ['cards', { method: 'creditcard', details: { cardLabel: 'Visa', cardNumber: '6787' } }, { type: 'card', brand: 'Visa', last4: '6787' }],
    ['others', { method: 'ideal' }, { type: 'ideal' }],
  ])('reads the method of %s', (_what, changes, method) => {
    expect(readPayment({ ...payment, ...changes }, false)?.method).toEqual(method);
  });

  it.each([
    ['none', {}, { code: 'payment_failed', message: 'The payment failed.' }],
    [
      'that of a card',
      { details: { failureReason: 'card_expired', failureMessage: 'Expired.' } },
      { code: 'card_expired', message: 'Expired.' },
    ],
    ['that of a status', { statusReason: { code: 'declined', message: 'No.' } }, { code: 'declined', message: 'No.' }],
  ])('gives a failed payment a reason: %s', (_what, changes, failure) => {
    expect(readPayment({ ...payment, status: 'failed', ...changes }, false)?.failure).toEqual(failure);
  });

  it.each([
    ['nothing', undefined],
    ['a list', [payment]],
    ['no id', { ...payment, id: undefined }],
    ['no transaction', { ...payment, metadata: null }],
    ['no status', { ...payment, status: null }],
    ['an amount that is a number', { ...payment, amount: { value: 49, currency: 'EUR' } }],
    ['more decimals than the currency has', { ...payment, amount: { value: '49.00', currency: 'JPY' } }],
    ['a currency of nobody', { ...payment, amount: { value: '49.00', currency: 'XXX' } }],
    ['too large an amount', { ...payment, amount: { value: '9999999999999999.00', currency: 'EUR' } }],
    ['the other mode', { ...payment, mode: 'live' }],
    ['no mode', { ...payment, mode: undefined }],
  ])('%s is unreadable', (_name, body) => expect(readPayment(body, false)).toBeUndefined());

  it('sends buyers to web addresses only', () => {
    const _links = { checkout: { href: 'javascript:alert(1)' } };
    expect(readPayment({ ...payment, _links }, false)?.redirectUrl).toBeUndefined();
  });

  it('reads back every amount it wrote', () => {
    const amounts = fc.tuple(fc.integer({ min: 1, max: 10 ** 12 }), fc.constantFrom('EUR', 'JPY', 'ISK', 'HUF', 'USD'));
    fc.assert(
      fc.property(amounts, ([amount, currency]) => {
        const request = { transactionId: 't1', amount, currency, description: 'x', returnUrl: 'https://a.example' };
        expect(readPayment({ ...payment, ...paymentBody(request, undefined) }, false)).toMatchObject({ amount, currency });
      }),
    );
  });

  it('takes anything without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => (readEvents(body, false), readRefund(body), readDispute(body, 't1'), nextIn(body), true)),
    );
  });
});

describe('paymentBody', () => {
  const request = { transactionId: 't1', amount: 100, currency: 'EUR', description: 'x'.repeat(300), returnUrl: 'https://a.example' };
  const address = { firstName: 'Ada', lastName: 'Byron', address1: 'Main St 1', city: 'Berlin', postcode: '10115', country: 'DE' };

  it('keeps to what Mollie takes', () => {
    const body = paymentBody({ ...request, locale: 'pt-BR' }, undefined) as { description: string; locale?: string };
    expect([body.description.length, body.locale]).toEqual([255, 'pt_PT']);
    expect((paymentBody({ ...request, locale: 'xx' }, undefined) as { locale?: string }).locale).toBeUndefined();
  });

  it('sends a whole address or none', () => {
    const billed = (billingAddress: object, email?: string) =>
      (paymentBody({ ...request, email, billingAddress }, undefined) as { billingAddress?: object }).billingAddress;
    expect(billed(address, 'ada@example.com')).toMatchObject({ givenName: 'Ada', streetAndNumber: 'Main St 1', email: 'ada@example.com' });
    expect([billed(address), billed({ ...address, city: '' }, 'ada@example.com')]).toEqual([undefined, undefined]);
  });
});

describe('refunds', () => {
  it('are read, those made at Mollie too', () => {
    expect(readRefund(refund)).toEqual({
      reference: 're_1',
      refundId: 'r1',
      transactionId: 't1',
      paymentReference: 'tr_5B8cwPMGnU',
      word: 'succeeded',
      amount: 595,
      currency: 'EUR',
      occurredAt: new Date('2026-03-21T09:13:37Z'),
    });
    expect(readRefund({ ...refund, metadata: null })?.refundId).toBeUndefined();
  });

  it('of one payment never look alike', () => {
    const request = { transactionId: 't1', paymentReference: 'tr_1', amount: 100, currency: 'EUR', reason: 'y'.repeat(300) };
    const described = ['r1', 'r2'].map((refundId) => (refundBody({ ...request, refundId }) as { description: string }).description);
    expect(new Set(described).size).toBe(2);
    expect(described.map(({ length }) => length)).toEqual([255, 255]);
  });
});

describe('chargebacks', () => {
  it.each([
    [null, 'open', '2026-03-22T09:13:37Z'],
    ['2026-04-01T00:00:00+00:00', 'won', '2026-04-01T00:00:00Z'],
  ])('reversed at %s: %s', (reversedAt, word, at) => {
    expect(readDispute({ ...chargeback, reversedAt }, 't1')).toMatchObject({
      word,
      occurredAt: new Date(at),
      reason: 'AC01',
      amount: 4900,
    });
  });
});

describe('readEvents', () => {
  it('refuses to tell half of it', () => {
    const whole = { ...payment, status: 'paid', paidAt: payment.createdAt, _embedded: { refunds: [refund], chargebacks: [chargeback] } };
    expect(readEvents(whole, false)?.map(({ id }) => id)).toEqual(['tr_5B8cwPMGnU:paid', 're_1:refunded', 'chb_1:received']);
    expect(readEvents({ ...whole, _embedded: { refunds: [{}] } }, false)).toBeUndefined();
    expect(readEvents({ ...whole, _embedded: { chargebacks: [{}] } }, false)).toBeUndefined();
  });
});
