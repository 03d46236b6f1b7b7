import { describe, expect, it } from '@jest/globals';
import { TenantScope } from '@paygate/kernel';
import type { CheckoutRecord } from '../checkouts/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { cancelUrlOf, checkoutScreen, paidPayment, returnUrlOf } from './checkout-screen.js';

const now = new Date('2026-03-08T14:00:00Z');
const scope = TenantScope.of('a'.repeat(24), false);
const choice = { id: 'p1', label: 'Card' };

const checkout = (changes: Partial<CheckoutRecord> = {}): CheckoutRecord => ({
  id: 'c1',
  scope,
  sessionPublicId: 'session',
  shortCode: 'Qm7Xk2Rt9a',
  siteId: 's1',
  status: 'open',
  amount: 4900,
  currency: 'EUR',
  items: [],
  metadata: {},
  returnUrl: 'https://shop.example/thanks?t={transactionId}',
  cancelUrl: 'https://shop.example/cart',
  expiresAt: new Date('2026-03-09T14:00:00Z'),
  createdAt: now,
  updatedAt: now,
  ...changes,
});

const transaction = (changes: Partial<TransactionRecord> = {}): TransactionRecord => ({
  id: 't1',
  scope,
  checkoutId: 'c1',
  sessionPublicId: 'session',
  siteId: 's1',
  providerId: 'p1',
  providerType: 'sandbox',
  status: 'initiated',
  amount: 4900,
  currency: 'EUR',
  refundedAmount: 0,
  refunds: [],
  chargebacks: [],
  moneyVersion: 0,
  metadata: {},
  eventVersion: 1,
  timeline: [],
  lookUps: 0,
  createdAt: now,
  updatedAt: now,
  ...changes,
});

const screen = (c: CheckoutRecord, t?: TransactionRecord, newerShortCode?: string) =>
  checkoutScreen({ checkout: c, transaction: t, newerShortCode, choices: [choice], now });

describe('checkoutScreen', () => {
  it.each([
    ['open', checkout(), undefined, 'open'],
    ['being paid', checkout({ status: 'processing' }), transaction(), 'processing'],
    ['being paid, outcome unknown', checkout({ status: 'processing' }), undefined, 'processing'],
    ['debit ordered', checkout({ status: 'processing' }), transaction({ status: 'pending_provider' }), 'pending'],
    ['paid', checkout({ status: 'completed' }), transaction({ status: 'succeeded' }), 'paid'],
    ['paid and refunded', checkout({ status: 'completed' }), transaction({ status: 'refunded' }), 'paid'],
    ['expired', checkout({ status: 'expired' }), undefined, 'expired'],
    ['time over while the bank decides', checkout({ status: 'expired' }), transaction({ status: 'pending_provider' }), 'pending'],
    ['time over, not yet swept', checkout({ expiresAt: now }), undefined, 'expired'],
    ['cancelled', checkout({ status: 'cancelled' }), undefined, 'cancelled'],
  ])('%s', (_name, c, t, kind) => expect(screen(c, t).kind).toBe(kind));

  it.each([
    ['open', checkout(), undefined, 'closed'],
    ['being paid', checkout({ status: 'processing' }), transaction(), 'closed'],
    ['debit ordered', checkout({ status: 'processing' }), transaction({ status: 'pending_provider' }), 'pending'],
    ['paid', checkout({ status: 'completed' }), transaction({ status: 'succeeded' }), 'paid'],
    ['expired', checkout({ status: 'expired' }), undefined, 'expired'],
  ])('%s while the merchant takes no payments', (_name, c, t, kind) => {
    const closed = checkoutScreen({ checkout: c, transaction: t, choices: [], closed: true, now });
    expect(closed.kind).toBe(kind);
    if (kind === 'closed') expect(closed).toEqual({ kind, shopUrl: 'https://shop.example/cart' });
  });

  it.each([
    [undefined, false],
    ['initiated', true],
    ['failed', false],
    ['cancelled', false],
  ] as const)('after its time, a last attempt that is %s is undecided: %p', (status, undecided) => {
    const over = screen(checkout({ status: 'expired' }), status && transaction({ status }));
    expect(over).toEqual({ kind: 'expired', shopUrl: 'https://shop.example/cart', undecided });
  });

  it('has a receipt of what is paid, and of nothing else', () => {
    const paid = transaction({ status: 'succeeded', succeededAt: now, refundedAmount: 100 });
    expect(paidPayment({ checkout: checkout({ status: 'completed' }), transaction: paid })).toEqual({
      transactionId: 't1',
      paidAt: now,
      method: undefined,
      refundedAmount: 100,
    });
    expect(paidPayment({ checkout: checkout(), transaction: transaction() })).toBeUndefined();
  });

  it('links to the checkout that replaced this one', () => {
    expect(screen(checkout({ status: 'cancelled', supersededBy: 'c2' }), undefined, 'Newer')).toEqual({
      kind: 'superseded',
      newerUrl: '/checkout/Newer',
    });
  });

  it.each([
    [transaction({ status: 'failed', failure: { code: 'card_declined', message: 'No.' } }), { kind: 'failed', code: 'card_declined' }],
    [transaction({ status: 'failed' }), { kind: 'failed', code: undefined }],
    [transaction({ status: 'cancelled' }), { kind: 'cancelled' }],
    [undefined, undefined],
  ])('tells what became of the last attempt', (t, notice) => expect(screen(checkout(), t)).toMatchObject({ kind: 'open', notice }));

  it('starts the form with what was typed at the last attempt', () => {
    const ordered = checkout({ email: 'order@example.com', billingAddress: { firstName: 'Order' } });
    const typed = transaction({ status: 'failed', email: 'typed@example.com', billingAddress: { firstName: 'Ada', country: 'DE' } });
    expect(screen(ordered, typed)).toMatchObject({ form: { values: { email: 'typed@example.com', name: 'Ada', country: 'DE' } } });
    expect(screen(ordered)).toMatchObject({ form: { values: { email: 'order@example.com', name: 'Order' } } });
  });

  it('chooses the only choice, and none among several', () => {
    const facts = { checkout: checkout(), now };
    expect(checkoutScreen({ ...facts, choices: [choice] })).toMatchObject({ form: { chosenId: 'p1' } });
    const two = checkoutScreen({ ...facts, choices: [choice, { id: 'p2', label: 'Bank' }] });
    expect(two.kind === 'open' && two.form.chosenId).toBeUndefined();
  });
});

describe("the shop's addresses", () => {
  it.each([
    ['https://shop.example/thanks?t={transactionId}', 'https://shop.example/thanks?t=t1'],
    ['https://shop.example/?a=1&amp;b={transactionId}', 'https://shop.example/?a=1&b=t1'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//shop.example', undefined],
    ['https://user:pass@shop.example/', undefined],
    [undefined, undefined],
  ])('%p → %p', (returnUrl, expected) => expect(returnUrlOf({ returnUrl }, 't1')).toBe(expected));

  it('names no transaction when there was none', () => {
    expect(cancelUrlOf({ cancelUrl: 'https://shop.example/cart?t={transactionId}' })).toBe('https://shop.example/cart?t=');
  });
});
