import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  captureOwner,
  disputedCapture,
  orderBody,
  paidCaptureOf,
  readDispute,
  readOrder,
  readRefund,
  refundedCapture,
} from './paypal-translation.js';

const TRANSACTION = '65f0c0ffee0c0ffee0c0ffee';
const EUR = { currency_code: 'EUR', value: '49.00' };
const capture = (status: string, more: object = {}) => ({ id: `C-${status}`, status, amount: EUR, ...more });
const order = (status: string, captures: object[] = [], more: object = {}) => ({
  id: 'ORDER1',
  status,
  payment_source: { paypal: {} },
  purchase_units: [{ amount: EUR, custom_id: TRANSACTION, ...(captures.length > 0 ? { payments: { captures } } : {}) }],
  ...more,
});

describe('orderBody', () => {
  const request = {
    transactionId: TRANSACTION,
    amount: 4900,
    currency: 'EUR',
    description: 'd'.repeat(200),
    returnUrl: 'https://pay.example/r',
  };

  it('names the transaction twice, both ways back, and keeps to the lengths PayPal allows', () => {
    expect(
      JSON.parse(JSON.stringify(orderBody({ ...request, shop: 's'.repeat(200), locale: 'de', email: 'ada@example.com' }, EUR))),
    ).toEqual({
      intent: 'CAPTURE',
      purchase_units: [{ custom_id: TRANSACTION, invoice_id: TRANSACTION, description: 'd'.repeat(127), amount: EUR }],
      payment_source: {
        paypal: {
          email_address: 'ada@example.com',
          experience_context: {
            return_url: 'https://pay.example/r',
            cancel_url: 'https://pay.example/r',
            brand_name: 's'.repeat(127),
            locale: 'de',
            shipping_preference: 'NO_SHIPPING',
            user_action: 'PAY_NOW',
          },
        },
      },
    });
  });

  it.each([
    ['pt-BR', true],
    ['zh-Hans-CN', true],
    ['german', false],
    ['de_DE', false],
  ])('a language it does not know (%s) is left out', (locale, kept) => {
    expect(JSON.stringify(orderBody({ ...request, locale }, EUR)).includes(locale)).toBe(kept);
  });
});

describe('readOrder', () => {
  it.each([
    ['CREATED', 'requires_buyer'],
    ['SAVED', 'requires_buyer'],
    ['PAYER_ACTION_REQUIRED', 'requires_buyer'],
    ['APPROVED', 'requires_buyer'],
    ['VOIDED', 'cancelled'],
    ['COMPLETED', 'pending'],
    ['SOMETHING_NEW', 'pending'],
    ['constructor', 'pending'],
  ])('an order %s without a capture → %s', (status, word) => {
    expect(readOrder(order(status))).toMatchObject({
      reference: 'ORDER1',
      transactionId: TRANSACTION,
      amount: 4900,
      currency: 'EUR',
      word,
    });
  });

  it.each([
    ['COMPLETED', 'succeeded'],
    ['PARTIALLY_REFUNDED', 'succeeded'],
    ['REFUNDED', 'succeeded'],
    ['PENDING', 'pending'],
    ['DECLINED', 'failed'],
    ['FAILED', 'failed'],
    ['SOMETHING_NEW', 'pending'],
    ['__proto__', 'pending'],
  ])('a capture %s → %s', (status, word) => {
    const payment = readOrder(order('COMPLETED', [capture(status)]));
    expect(payment).toMatchObject({ word });
    expect(payment?.failure !== undefined).toBe(word === 'failed');
    expect(payment?.awaitsCompletion).toBeUndefined();
  });

  it('awaits completion only while approved and not captured', () => {
    expect(readOrder(order('APPROVED'))).toMatchObject({ awaitsCompletion: true, redirectUrl: undefined });
    for (const status of ['CREATED', 'PAYER_ACTION_REQUIRED', 'VOIDED', 'COMPLETED']) {
      expect(readOrder(order(status))?.awaitsCompletion).toBeUndefined();
    }
    expect(readOrder(order('APPROVED', [capture('PENDING')]))?.awaitsCompletion).toBeUndefined();
  });

  it('counts the capture that took the money, and what that one took', () => {
    const taken = capture('COMPLETED', { amount: { currency_code: 'EUR', value: '1.00' } });
    expect(readOrder(order('COMPLETED', [capture('DECLINED'), taken, capture('PENDING')]))).toMatchObject({
      word: 'succeeded',
      amount: 100,
    });
    expect(paidCaptureOf(order('COMPLETED', [capture('DECLINED'), taken]))).toBe('C-COMPLETED');
    expect(paidCaptureOf(order('COMPLETED', [capture('PENDING')]))).toBeUndefined();
  });

  it('says why a capture was declined', () => {
    const declined = capture('DECLINED', { status_details: { reason: 'DECLINED_BY_RISK_FRAUD_FILTERS' } });
    expect(readOrder(order('COMPLETED', [declined]))?.failure).toEqual({
      code: 'declined_by_risk_fraud_filters',
      message: 'PayPal declined the payment.',
    });
  });

  it('sends the buyer to the payer-action link, to http and https only', () => {
    const link = (rel: string, href: string) =>
      order('PAYER_ACTION_REQUIRED', [], {
        links: [
          { rel: 'self', href: 'https://x.example' },
          { rel, href },
        ],
      });
    expect(readOrder(link('payer-action', 'https://www.paypal.com/checkoutnow?token=1'))?.redirectUrl).toBe(
      'https://www.paypal.com/checkoutnow?token=1',
    );
    expect(readOrder(link('approve', 'https://www.paypal.com/checkoutnow?token=1'))?.redirectUrl).toBeDefined();
    expect(readOrder(link('payer-action', 'javascript:alert(1)'))?.redirectUrl).toBeUndefined();
    expect(readOrder(link('edit', 'https://www.paypal.com/'))?.redirectUrl).toBeUndefined();
  });

  it('names the card', () => {
    const payment_source = { card: { brand: 'VISA', last_digits: '4242' } };
    expect(readOrder(order('COMPLETED', [capture('COMPLETED')], { payment_source }))?.method).toEqual({
      type: 'card',
      brand: 'VISA',
      last4: '4242',
    });
  });

  it.each([
    ['nothing', undefined],
    ['no id', { ...order('CREATED'), id: undefined }],
    ['no status', { ...order('CREATED'), status: 7 }],
    ['no unit', { ...order('CREATED'), purchase_units: [] }],
    ['no transaction', { ...order('CREATED'), purchase_units: [{ amount: EUR }] }],
    ['no amount', { ...order('CREATED'), purchase_units: [{ custom_id: TRANSACTION }] }],
  ])('%s is unreadable', (_name, body) => expect(readOrder(body)).toBeUndefined());
});

describe('readRefund', () => {
  const refund = { id: 'R1', status: 'COMPLETED', amount: EUR, custom_id: 'refund_r1', create_time: '2026-03-08T14:00:00Z' };
  const of = { paymentReference: 'ORDER1', transactionId: TRANSACTION };

  it.each([
    ['COMPLETED', 'succeeded'],
    ['PENDING', 'pending'],
    ['FAILED', 'failed'],
    ['CANCELLED', 'failed'],
    ['SOMETHING_NEW', 'pending'],
  ])('%s → %s', (status, word) => {
    const read = readRefund({ ...refund, status }, of);
    expect(read).toMatchObject({ ...of, reference: 'R1', refundId: 'r1', word, amount: 4900, currency: 'EUR' });
    expect(read?.failure !== undefined).toBe(word === 'failed');
  });

  it('one made at PayPal carries the mark of the payment, not of a refund of ours', () => {
    expect(readRefund({ ...refund, custom_id: TRANSACTION }, of)?.refundId).toBeUndefined();
  });

  it('stands so since it was changed last', () => {
    expect(readRefund(refund, of)?.occurredAt).toEqual(new Date('2026-03-08T14:00:00Z'));
    expect(readRefund({ ...refund, update_time: '2026-03-09T14:00:00Z' }, of)?.occurredAt).toEqual(new Date('2026-03-09T14:00:00Z'));
  });

  it('names its capture in a link', () => {
    const links = [
      { rel: 'self', href: 'https://api.paypal.com/v2/payments/refunds/R1' },
      { rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/C1' },
    ];
    expect(refundedCapture({ ...refund, links })).toBe('C1');
    expect(
      refundedCapture({ ...refund, links: [{ rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/../orders' }] }),
    ).toBeUndefined();
    expect(refundedCapture(refund)).toBeUndefined();
  });
});

describe('readDispute', () => {
  const dispute = {
    dispute_id: 'PP-D-1',
    status: 'OPEN',
    reason: 'UNAUTHORISED',
    dispute_amount: EUR,
    create_time: '2026-03-08T14:00:00Z',
    seller_response_due_date: '2026-03-18T14:00:00Z',
    disputed_transactions: [{ seller_transaction_id: 'C1' }],
  };
  const of = { paymentReference: 'ORDER1' };

  it.each([
    ['OPEN', 'open'],
    ['WAITING_FOR_BUYER_RESPONSE', 'open'],
    ['WAITING_FOR_SELLER_RESPONSE', 'open'],
    ['UNDER_REVIEW', 'under_review'],
    ['OTHER', 'open'],
  ])('%s → %s', (status, word) => {
    expect(readDispute({ ...dispute, status }, of)).toEqual({
      reference: 'PP-D-1',
      paymentReference: 'ORDER1',
      word,
      amount: 4900,
      currency: 'EUR',
      reason: 'UNAUTHORISED',
      evidenceDueBy: new Date('2026-03-18T14:00:00Z'),
      occurredAt: new Date('2026-03-08T14:00:00Z'),
    });
  });

  it.each([
    ['RESOLVED_BUYER_FAVOUR', 'lost'],
    ['RESOLVED_SELLER_FAVOUR', 'won'],
    ['CANCELED_BY_BUYER', 'won'],
    ['ACCEPTED', 'lost'],
    ['DENIED', 'won'],
    ['NONE', 'won'],
    ['SOMETHING_NEW', 'under_review'],
  ])('resolved as %s → %s', (outcome_code, word) => {
    expect(readDispute({ ...dispute, status: 'RESOLVED', dispute_outcome: { outcome_code } }, of)?.word).toBe(word);
  });

  it.each([
    ['PayPal paid', [], 'won'],
    ['the seller paid', [{ affected_party: 'SELLER', type: 'DEBIT', amount: EUR }], 'lost'],
    [
      'the seller paid and got it back',
      [
        { affected_party: 'SELLER', type: 'DEBIT', amount: EUR },
        { affected_party: 'SELLER', type: 'CREDIT', amount: EUR },
      ],
      'won',
    ],
    ['the buyer got it', [{ affected_party: 'BUYER', type: 'CREDIT', amount: EUR }], 'won'],
  ])('resolved with a payout, %s → %s', (_name, money_movements, word) => {
    const dispute_outcome = { outcome_code: 'RESOLVED_WITH_PAYOUT' };
    expect(readDispute({ ...dispute, status: 'RESOLVED', dispute_outcome, money_movements }, of)?.word).toBe(word);
  });

  it('resolved without an outcome is not decided', () => {
    expect(readDispute({ ...dispute, status: 'RESOLVED' }, of)?.word).toBe('under_review');
  });

  it('names the capture it is about', () => {
    expect(disputedCapture(dispute)).toBe('C1');
    expect(disputedCapture({ ...dispute, disputed_transactions: [] })).toBeUndefined();
  });
});

describe('captureOwner', () => {
  const supplementary_data = { related_ids: { order_id: 'ORDER1' } };
  it.each([
    [
      { custom_id: TRANSACTION, supplementary_data },
      { orderId: 'ORDER1', transactionId: TRANSACTION },
    ],
    [{ custom_id: 'order-17-of-a-shop', supplementary_data }, undefined],
    [{ supplementary_data }, undefined],
    [{ custom_id: TRANSACTION }, undefined],
  ])('%j → %j', (body, owner) => expect(captureOwner(body)).toEqual(owner));
});

it('whatever PayPal sends, reading it never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      const nested = {
        purchase_units: [{ payments: { captures: [body], refunds: body }, amount: body }],
        links: body,
        money_movements: [body],
      };
      for (const value of [body, nested, { ...order('APPROVED'), payment_source: body }, { status: 'RESOLVED', dispute_outcome: body }]) {
        readOrder(value);
        readRefund(value, { paymentReference: 'ORDER1' });
        readDispute(value, { paymentReference: 'ORDER1' });
        captureOwner(value);
        refundedCapture(value);
        disputedCapture(value);
      }
    }),
  );
});
