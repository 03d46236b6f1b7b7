import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildMerchantBody } from './merchant-body.js';
import type { MerchantFacts } from './merchant-body.js';
import type { MerchantPayoutStatus, MerchantRefundState, MerchantTransactionState } from './merchant-status.js';

const dates = { createdAt: new Date('2026-03-01T11:00:00Z'), updatedAt: new Date('2026-03-01T12:00:00Z') };
const transaction = {
  event: 'transaction.status_changed',
  transactionId: 'TX1',
  orderId: 'co_1',
  status: 'succeeded',
  amount: 9900,
  currency: 'USD',
  ...dates,
} as const satisfies MerchantFacts;
const read = (facts: MerchantFacts): Record<string, unknown> => JSON.parse(buildMerchantBody(facts)) as Record<string, unknown>;

describe('merchant webhooks', () => {
  it('have exactly the promised fields, in their order', () => {
    const common = ['order_id', 'amount', 'status', 'currency', 'created_at', 'updated_at'];
    expect(Object.keys(read(transaction))).toEqual(['event', 'transaction_id', ...common]);
    const refund = { ...transaction, event: 'refund.status_changed', refundId: 're_1' } as const;
    expect(Object.keys(read(refund))).toEqual(['event', 'refund_id', 'transaction_id', ...common]);
    const payout = {
      event: 'payout.status_changed',
      payoutId: 'po_1',
      orderId: 'p1',
      status: 'processed',
      amount: 1,
      currency: 'EUR',
    } as const;
    expect(Object.keys(read({ ...payout, ...dates }))).toEqual(['event', 'payout_id', ...common]);
    expect(Object.keys(read({ event: 'webhook.test', createdAt: dates.createdAt }))).toEqual(['event', 'message', 'created_at']);
  });

  it('tell of a disabled endpoint without what may be secret in its address', () => {
    const facts = {
      event: 'endpoint.disabled',
      endpointId: 'we_1',
      url: 'https://shop.example/hooks?token=s3cret#top',
      reason: 'gone',
      consecutiveFailures: 3,
      failingSince: dates.createdAt,
      disabledAt: dates.updatedAt,
    } as const;
    const at = { failing_since: '2026-03-01T11:00:00.000Z', disabled_at: '2026-03-01T12:00:00.000Z' };
    const told = { event: 'endpoint.disabled', endpoint_id: 'we_1', site_id: null, url: 'https://shop.example/hooks', reason: 'gone' };
    expect(read(facts)).toEqual({ ...told, consecutive_failures: 3, ...at });
    expect(read({ ...facts, siteId: 'site_1' })['site_id']).toBe('site_1');
  });

  it.each([
    ['initiated', 'processing'],
    ['pending_provider', 'processing'],
    ['succeeded', 'paid'],
    ['failed', 'failed'],
    ['cancelled', 'canceled'],
    ['refund_pending', 'refund_pending'],
    ['refunded', 'refunded'],
    ['charged_back', 'refunded'],
  ] as [MerchantTransactionState, string][])('call a transaction that is %s %s', (status, word) => {
    expect(read({ ...transaction, status })['status']).toBe(word);
  });

  it.each([
    ['pending', 'processing'],
    ['succeeded', 'completed'],
    ['failed', 'failed'],
  ] as [MerchantRefundState, string][])('call a refund that is %s %s', (status, word) => {
    expect(read({ ...transaction, event: 'refund.status_changed', refundId: 're_1', status })['status']).toBe(word);
  });

  it.each(['requested', 'approved', 'processed', 'rejected'] as MerchantPayoutStatus[])('call a payout that is %s so', (status) => {
    const facts = { event: 'payout.status_changed', payoutId: 'po_1', orderId: 'p1', amount: 1, currency: 'EUR', ...dates } as const;
    expect(read({ ...facts, status })['status']).toBe(status);
  });

  it.each([
    [9900, 'USD', '99.00'],
    [1, 'EUR', '0.01'],
    [5000, 'JPY', '5000'],
    [1250, 'KWD', '1.250'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
  ])('write %i minor units of %s as %s', (amount, currency, text) => {
    expect(read({ ...transaction, amount, currency })['amount']).toBe(text);
  });

  it('lose nothing of an amount', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
        expect(Number(String(read({ ...transaction, amount, currency })['amount']).replace('.', ''))).toBe(amount);
      }),
    );
  });

  it.each([
    ['an empty transaction id', { transactionId: '' }],
    ['a long order id', { orderId: 'x'.repeat(65) }],
    ['half a cent', { amount: 0.5 }],
    ['an amount a JSON number cannot carry', { amount: 2 ** 53 }],
    ['an unknown currency', { currency: 'XXX' }],
    ['a date that is none', { updatedAt: new Date('never') }],
  ])('refuse %s', (_, wrong) => expect(() => buildMerchantBody({ ...transaction, ...wrong })).toThrow(RangeError));
});
