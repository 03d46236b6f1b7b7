import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildPanelBody } from './panel-body.js';
import type { PanelFacts } from './panel-body.js';

const occurredAt = new Date('2026-03-01T12:00:00Z');
const payment = {
  event: 'payment.completed',
  orderId: 'TXN-1',
  amount: 500000,
  currency: 'INR',
  payer: 'Jane Smith',
  occurredAt,
} as const satisfies PanelFacts;
const payout = { ...payment, event: 'payout.processed', beneficiary: 'Zoë' } as const;
const user = { event: 'user.created', userId: 'u1', role: 'api_user', occurredAt } as const;

describe('panel webhooks', () => {
  it.each([
    ['payment.completed', 'completed', payment],
    ['payment.failed', 'failed', { ...payment, event: 'payment.failed' }],
    ['payout.processed', 'processed', payout],
    ['payout.rejected', 'rejected', { ...payout, event: 'payout.rejected' }],
    ['user.created', 'active', user],
    ['user.suspended', 'suspended', { ...user, event: 'user.suspended' }],
    ['webhook.test', 'test', { event: 'webhook.test', occurredAt }],
  ] as [string, string, PanelFacts][])('%s says %s', (event, status, facts) => {
    expect(JSON.parse(buildPanelBody(facts))).toMatchObject({ event, status, timestamp: '2026-03-01T12:00:00.000Z' });
  });

  it('have exactly the promised fields, in their order', () => {
    const keys = (facts: PanelFacts): string[] => Object.keys(JSON.parse(buildPanelBody(facts)) as object);
    expect(keys(payment)).toEqual(['event', 'order_id', 'amount', 'currency', 'status', 'payer', 'timestamp']);
    expect(keys(payout)).toEqual(['event', 'order_id', 'amount', 'currency', 'status', 'payer', 'beneficiary', 'timestamp']);
    expect(keys(user)).toEqual(['event', 'user_id', 'role', 'status', 'timestamp']);
  });

  it.each([
    [500000, 'INR', '5000'],
    [500050, 'INR', '5000.5'],
    [5000, 'JPY', '5000'],
    [1, 'KWD', '0.001'],
    [0, 'EUR', '0'],
  ])('write %i minor units of %s as the number %s', (amount, currency, text) => {
    expect(buildPanelBody({ ...payment, amount, currency })).toContain(`"amount":${text},`);
  });

  it('lose nothing of an amount, or refuse it', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom(['EUR', 2] as const, ['JPY', 0] as const, ['KWD', 3] as const),
        (amount, [currency, digits]) => {
          let body: string;
          try {
            body = buildPanelBody({ ...payment, amount, currency });
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            // Fifteen digits always fit.
            expect(amount).toBeGreaterThan(10 ** 15);
            return;
          }
          const read = (JSON.parse(body) as { amount: number }).amount;
          expect(Number(read.toFixed(digits).replace('.', ''))).toBe(amount);
        },
      ),
    );
  });

  it.each([
    ['an empty order id', { orderId: '' }],
    ['a long order id', { orderId: 'x'.repeat(65) }],
    ['half a cent', { amount: 0.5 }],
    ['an unknown currency', { currency: 'XXX' }],
  ])('refuse %s', (_, wrong) => expect(() => buildPanelBody({ ...payment, ...wrong })).toThrow(RangeError));
});
