import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, newObjectId, TenantScope } from '@paygate/kernel';
import type { ChargebackView, TransactionDetail } from '@paygate/messages';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Call, Merchant } from './fixture/admin-stack.js';
import { deeds } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let id: string;
const live: { key: string; id: string } = { key: '', id: '' };

function transactionOf(merchant: Merchant, livemode = false): TransactionDetail & { organizationId: string } {
  const now = '2026-01-31T10:00:00.000Z';
  return {
    ...{ organizationId: merchant.organizationId, livemode, siteId: merchant.siteId, providerId: merchant.providerId },
    ...{ id: newObjectId(), checkoutId: newObjectId(), sessionPublicId: 'cs_1', providerType: 'sandbox', status: 'succeeded' },
    ...{ amount: 4900, currency: 'EUR', refundedAmount: 0, pendingRefundAmount: 0, refundableAmount: 4900, externalReference: 'order_7' },
    ...{ metadata: { a: '1' }, eventVersion: 2, timeline: [], createdAt: now, updatedAt: now },
  };
}

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  live.key = (await stack.newKey(TenantScope.of(shop.organizationId, true), {})).apiKey;
}, 60_000);
afterAll(async () => stack.stop());
beforeEach(() => {
  const [test, lively] = [transactionOf(shop), transactionOf(shop, true)];
  stack.main.transactions.push(test, lively);
  [id, live.id] = [test.id, lively.id];
});

const call = (path: string, options: Call = {}): Promise<Answer> => stack.call(`/api/v1/${path}`, { key: shop.apiKey, ...options });
const post = (path: string, body: unknown = {}, options: Call = {}): Promise<Answer> => call(path, { method: 'POST', body, ...options });
const latestDeed = async (action: Parameters<typeof deeds>[1]) => (await deeds(stack, action, shop.organizationId))[0];
const chargebackOf = (transactionId: string): ChargebackView & { organizationId: string } => ({
  ...{ organizationId: shop.organizationId, livemode: false, siteId: shop.siteId, providerId: shop.providerId, providerType: 'sandbox' },
  ...{ id: newObjectId(), transactionId, checkoutId: newObjectId(), status: 'open', amount: 4900, currency: 'EUR', reason: 'fraudulent' },
  ...{ providerReference: 'dp_1', createdAt: '2026-02-01T10:00:00.000Z', updatedAt: '2026-02-01T10:00:00.000Z' },
});

/** Every route about one transaction, with a body that would be right. */
const ROUTES: [string, (of: string) => string, Call][] = [
  ['GET', (of) => `transactions/${of}`, {}],
  ['PUT', (of) => `transactions/${of}`, { body: { metadata: {} } }],
  ['DELETE', (of) => `transactions/${of}`, {}],
  ['POST', (of) => `transactions/${of}/cancel`, { body: {} }],
  ['GET', (of) => `transactions/${of}/tax`, {}],
  ['POST', (of) => `transactions/${of}/recalculate-tax`, { body: {} }],
  ['GET', (of) => `transactions/${of}/refunds`, {}],
  ['POST', (of) => `transactions/${of}/refunds`, { body: {} }],
  ['POST', (of) => `transactions/${of}/resend-ipn`, { body: {} }],
  ['DELETE', (of) => `transactions/${of}/notifications`, {}],
];

describe.each(ROUTES)('%s of one transaction (%#)', (method, path, options) => {
  it.each([
    ['another organization’s', () => id, () => other.apiKey],
    ['one of the other mode', () => id, () => live.key],
    ['one that never was', () => newObjectId(), () => shop.apiKey],
    ['what is no id', () => 'TX1', () => shop.apiKey],
  ])('does not find %s', async (_name, of, key) => {
    expectRefusal(await call(path(of()), { ...options, method, key: key() }), 404, 'transaction_not_found');
    expect(stack.main.transactions.find((row) => row.id === id)).toMatchObject({ status: 'succeeded', metadata: { a: '1' } });
  });

  it('needs its scope', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['checkout:*'] });
    expectRefusal(await call(path(id), { ...options, method, key: apiKey }), 403, 'insufficient_scope');
  });

  it('works in live mode as in test mode', async () => {
    if (path('').endsWith('resend-ipn')) {
      expectRefusal(await call(path(live.id), { ...options, method, key: live.key }), 404, 'delivery_not_found');
    } else expect((await call(path(live.id), { ...options, method, key: live.key })).status).toBeLessThan(300);
  });
});

describe('GET /api/v1/transactions/:id', () => {
  it('shows refunds, disputes and tax', async () => {
    const tax = { taxIncluded: true, totalNet: 4118, totalTax: 782, totalGross: 4900, taxBreakdown: [] };
    Object.assign(stack.main.transactions.find((row) => row.id === id) ?? {}, { tax });
    const { body: refund } = await post(`transactions/${id}/refunds`, { amount: 100 });
    const chargeback = chargebackOf(id);
    stack.main.chargebacks.push(chargeback);
    const { body } = await call(`transactions/${id}`);
    expect(body).toMatchObject({ tax, refunds: [{ id: refund.id, amount: 100 }], chargebacks: [{ id: chargeback.id }], ipn: null });
    expect(JSON.stringify(body)).not.toContain('organizationId');
  });
});

describe('PUT /api/v1/transactions/:id', () => {
  it('replaces the metadata, and says so in the audit log', async () => {
    const { status, body } = await call(`transactions/${id}`, { method: 'PUT', body: { metadata: { b: 2 } } });
    expect([status, body]).toEqual([200, expect.objectContaining({ id, metadata: { b: '2' } })]);
    expect(await latestDeed('transaction.updated')).toMatchObject({ resource: { type: 'transaction', id, name: 'order_7' } });
  });

  it.each([
    [{}, 'metadata'],
    [{ metadata: 'x' }, 'metadata'],
    [{ metadata: { $set: '1' } }, 'metadata'],
    [{ metadata: {}, status: 'succeeded' }, 'status'],
    [{ metadata: {}, organizationId: newObjectId() }, 'organizationId'],
  ])('refuses %j', async (body, field) => {
    expectRefusal(await call(`transactions/${id}`, { method: 'PUT', body }), 400, 'validation_failed', field);
  });
});

describe('DELETE /api/v1/transactions/:id', () => {
  it('answers nothing, and says so in the audit log', async () => {
    expect((await call(`transactions/${id}`, { method: 'DELETE' })).status).toBe(204);
    expectRefusal(await call(`transactions/${id}`), 404, 'transaction_not_found');
    expect(await latestDeed('transaction.deleted')).toMatchObject({ resource: { id } });
  });

  it('passes the refusal on', async () => {
    stack.main.refusal = new DomainError('transaction_not_deletable', undefined, { status: 'succeeded' });
    expectRefusal(await call(`transactions/${id}`, { method: 'DELETE' }), 409, 'transaction_not_deletable');
  });
});

describe('POST /api/v1/transactions/:id/cancel', () => {
  it('cancels, and says so in the audit log', async () => {
    expect(await post(`transactions/${id}/cancel`)).toMatchObject({ status: 200, body: { id, status: 'cancelled' } });
    expect(await latestDeed('transaction.cancelled')).toMatchObject({ resource: { id } });
  });

  it('passes the refusal on', async () => {
    stack.main.refusal = new DomainError('transaction_not_cancellable');
    expectRefusal(await post(`transactions/${id}/cancel`), 409, 'transaction_not_cancellable');
  });
});

describe('POST /api/v1/transactions/manual', () => {
  const right = (): Record<string, unknown> => ({ siteId: shop.siteId, amount: 4900, currency: 'EUR' });

  it('records a payment, and says so in the audit log', async () => {
    const optional = {
      ...{ method: 'cash', paidAt: '2026-01-31', description: 'Workshop', vatRate: 19, note: 'counter', externalReference: 'o-1' },
      ...{ email: 'ada@example.com', billingAddress: { country: 'de', postcode: '' }, metadata: { till: 3 }, clientId: newObjectId() },
      ...{ ipnUrl: 'https://shop.example/ipn', invoiceNumber: 'INV-1' },
    };
    const { status, body } = await post('transactions/manual', { ...right(), ...optional });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'succeeded', providerType: 'manual', amount: 4900, livemode: false });
    expect(body).not.toHaveProperty('providerId');
    expect(JSON.parse(JSON.stringify(stack.main.manualCommands.at(-1)))).toEqual({
      ...optional,
      ...right(),
      ...{ organizationId: shop.organizationId, livemode: false },
      ...{ paidAt: '2026-01-31T00:00:00.000Z', billingAddress: { country: 'DE' }, metadata: { till: '3' } },
    });
    expect(await latestDeed('transaction.created')).toMatchObject({ resource: { type: 'transaction', id: body.id, name: 'o-1' } });
  });

  it('takes empty optional fields for absent', async () => {
    const empty = { method: '', paidAt: '', description: null, email: '', clientId: '', billingAddress: [], metadata: null, note: '' };
    expect((await post('transactions/manual', { ...right(), ...empty })).status).toBe(201);
    expect(stack.main.manualCommands.at(-1)).toMatchObject({ method: 'other' });
  });

  it('answers a repetition with the first answer, and records and audits once', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const commands = stack.main.manualCommands.length;
    const entries = (await deeds(stack, 'transaction.created', shop.organizationId)).length;
    const first = await post('transactions/manual', right(), { headers });
    const second = await post('transactions/manual', right(), { headers });
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    expect([first, second].map((answer) => answer.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(stack.main.manualCommands).toHaveLength(commands + 1);
    expect(await deeds(stack, 'transaction.created', shop.organizationId)).toHaveLength(entries + 1);
    expectRefusal(await post('transactions/manual', { ...right(), amount: 1 }, { headers }), 422, 'idempotency_key_reused');
  });

  it.each<[object, string]>([
    [{ amount: 0 }, 'amount'],
    [{ amount: 49.5 }, 'amount'],
    [{ amount: '4900' }, 'amount'],
    [{ currency: 'eur' }, 'currency'],
    [{ method: 'barter' }, 'method'],
    [{ paidAt: 'yesterday' }, 'paidAt'],
    [{ vatRate: 101 }, 'vatRate'],
    [{ description: 'x'.repeat(501) }, 'description'],
    [{ note: { $gt: '' } }, 'note'],
    [{ ipnUrl: 'ftp://shop.example' }, 'ipnUrl'],
    [{ email: 'nobody' }, 'email'],
    [{ clientId: '1' }, 'clientId'],
    [{ billingAddress: { country: 'Germany' } }, 'billingAddress.country'],
    [{ status: 'succeeded' }, 'status'],
    [{ organizationId: newObjectId() }, 'organizationId'],
    [{ livemode: true }, 'livemode'],
  ])('refuses %j', async (change, field) => {
    expectRefusal(await post('transactions/manual', { ...right(), ...change }), 400, 'validation_failed', field);
  });

  it('does not find the site of another organization', async () => {
    expectRefusal(await post('transactions/manual', { ...right(), siteId: other.siteId }), 404, 'site_not_found');
  });

  it('needs its scope', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['transaction:read', 'transaction:execute'] });
    expectRefusal(await post('transactions/manual', right(), { key: apiKey }), 403, 'insufficient_scope');
  });
});

describe('refunds', () => {
  it('are made in full or in part, with a reason, and stand in the audit log', async () => {
    const part = await post(`transactions/${id}/refunds`, { amount: 1900, reason: 'Returned' });
    expect(part).toMatchObject({ status: 201, body: { transactionId: id, amount: 1900, reason: 'Returned', status: 'succeeded' } });
    expect(await latestDeed('refund.created')).toMatchObject({ resource: { type: 'refund', id: part.body.id } });
    expect((await post(`transactions/${id}/refunds`, { amount: '', reason: null })).body).toMatchObject({ amount: 4900 });
    expect(await call(`transactions/${id}/refunds`)).toMatchObject({ status: 200, body: { total: 2, page: 1, limit: 50 } });
    expect(await call(`refunds/${part.body.id}`)).toMatchObject({ status: 200, body: { id: part.body.id } });
    expectRefusal(await call(`refunds/${part.body.id}`, { key: other.apiKey }), 404, 'refund_not_found');
    expectRefusal(await call('refunds/x'), 404, 'refund_not_found');
  });

  it('are made once per Idempotency-Key', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const [first, second] = [
      await post(`transactions/${id}/refunds`, {}, { headers }),
      await post(`transactions/${id}/refunds`, {}, { headers }),
    ];
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(stack.main.refunds.filter((refund) => refund.transactionId === id)).toHaveLength(1);
    expectRefusal(await post(`transactions/${id}/refunds`, { amount: 1 }, { headers }), 422, 'idempotency_key_reused');
  });

  it.each([
    ['transaction_not_refundable', 409],
    ['refund_exceeds_remaining', 409],
    ['refund_not_supported', 409],
    ['provider_not_available', 409],
  ] as const)('pass %s on', async (code, status) => {
    stack.main.refusal = new DomainError(code, undefined, { refundableAmount: 1 });
    expectRefusal(await post(`transactions/${id}/refunds`, { amount: 2 }), status, code);
  });

  it.each<[object, string]>([
    [{ amount: 0 }, 'amount'],
    [{ amount: -1 }, 'amount'],
    [{ amount: 1.5 }, 'amount'],
    [{ amount: '100' }, 'amount'],
    [{ reason: 'x'.repeat(501) }, 'reason'],
    [{ reason: 'a\u0000b' }, 'reason'],
    [{ status: 'succeeded' }, 'status'],
  ])('refuse %j', async (body, field) => {
    expectRefusal(await post(`transactions/${id}/refunds`, body), 400, 'validation_failed', field);
  });

  it('are listed by every filter', async () => {
    const ids = { transactionId: newObjectId(), siteId: newObjectId(), providerId: newObjectId() };
    const filters = { ...ids, status: 'pending', currency: 'JPY', cursor: 'abc' };
    await call(`refunds?${new URLSearchParams({ ...filters, from: '2026-01-01', to: '2026-01-31', limit: '10' }).toString()}`);
    expect(stack.main.refundLists.at(-1)).toMatchObject({
      ...filters,
      ...{ organizationId: shop.organizationId, livemode: false, limit: 10 },
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T23:59:59.999Z' },
    });
  });

  it.each([
    ['status=done', 'status'],
    ['transactionId=1', 'transactionId'],
    ['from=2026-02-01&to=2026-01-01', 'from'],
    ['clientId=507f1f77bcf86cd799439014', 'clientId'],
  ])('are not listed by ?%s', async (query, field) => {
    expectRefusal(await call(`refunds?${query}`), 400, 'validation_failed', field);
  });
});

describe('disputes', () => {
  const patch = (chargebackId: string, body: unknown, options: Call = {}) =>
    call(`transactions/${id}/chargeback/${chargebackId}`, { method: 'PATCH', body, ...options });

  it('move along, and stand in the audit log', async () => {
    const chargeback = chargebackOf(id);
    stack.main.chargebacks.push(chargeback);
    expect(await patch(chargeback.id, { status: 'under_review', note: 'sent' })).toMatchObject({
      status: 200,
      body: { id: chargeback.id, status: 'under_review' },
    });
    expect(await latestDeed('chargeback.updated')).toMatchObject({ resource: { type: 'chargeback', id: chargeback.id } });
    stack.main.refusal = new DomainError('invalid_transition', undefined, { status: 'won', allowed: [] });
    expectRefusal(await patch(chargeback.id, { status: 'open' }), 409, 'invalid_transition');
    expectRefusal(await patch(chargeback.id, { status: 'lost' }, { key: other.apiKey }), 404, 'chargeback_not_found');
    expectRefusal(await patch('x', { status: 'lost' }), 404, 'chargeback_not_found');
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['transaction:read', 'transaction:update'] });
    expectRefusal(await patch(chargeback.id, { status: 'lost' }, { key: apiKey }), 403, 'insufficient_scope');
  });

  it.each<[object, string]>([
    [{}, 'status'],
    [{ status: 'closed' }, 'status'],
    [{ status: 'lost', note: 'x'.repeat(501) }, 'note'],
    [{ status: 'lost', amount: 1 }, 'amount'],
  ])('refuse %j', async (body, field) => {
    expectRefusal(await patch(newObjectId(), body), 400, 'validation_failed', field);
  });

  it('are listed by every filter, the owner’s only', async () => {
    const ids = { transactionId: newObjectId(), siteId: newObjectId(), providerId: newObjectId(), clientId: newObjectId() };
    const filters = { ...ids, status: 'lost', currency: 'JPY', cursor: 'abc' };
    await call(`chargebacks?${new URLSearchParams({ ...filters, from: '2026-01-01', page: '2' }).toString()}`);
    expect(stack.main.chargebackLists.at(-1)).toMatchObject({ ...filters, organizationId: shop.organizationId, livemode: false, page: 2 });
    expectRefusal(await call('chargebacks?status=closed'), 400, 'validation_failed', 'status');
    stack.main.chargebacks.push(chargebackOf(id));
    expect(await call('chargebacks', { key: other.apiKey })).toMatchObject({ status: 200, body: { chargebacks: [], total: 0 } });
  });
});

describe('sending a notification again', () => {
  const deliveryOf = (deliveryId: string, state: 'dead' | 'superseded') => ({
    ...{ organizationId: shop.organizationId, livemode: false, checkoutId: newObjectId(), siteId: shop.siteId, transactionId: id },
    ...{ deliveryId, family: 'site_ipn' as const, status: 1, eventVersion: 2, url: 'https://shop.example/ipn', state, attemptCount: 10 },
    ...{ createdAt: '2026-01-31T10:00:06.000Z', body: '{}', attempts: [] },
  });

  it('takes the latest of a transaction, or a certain one, and stands in the audit log', async () => {
    const deliveryId = `dlv_${newObjectId()}`;
    stack.dispatcher.deliveries.push(deliveryOf(deliveryId, 'dead'));
    for (const path of [`transactions/${id}/resend-ipn`, `ipn-deliveries/${deliveryId}/resend`]) {
      expect(await post(path)).toMatchObject({ status: 200, body: { deliveryId, state: 'scheduled', transactionId: id } });
      expect(await latestDeed('ipn_delivery.resent')).toMatchObject({ resource: { type: 'ipn_delivery', id: deliveryId } });
    }
    expectRefusal(await post(`ipn-deliveries/${deliveryId}/resend`, {}, { key: other.apiKey }), 404, 'delivery_not_found');
    expectRefusal(await post(`ipn-deliveries/${deliveryId}/resend`, {}, { key: live.key }), 404, 'delivery_not_found');
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['transaction:read'] });
    expectRefusal(await post(`ipn-deliveries/${deliveryId}/resend`, {}, { key: apiKey }), 403, 'insufficient_scope');
  });

  it('passes the refusal on', async () => {
    const deliveryId = `dlv_${newObjectId()}`;
    stack.dispatcher.deliveries.push(deliveryOf(deliveryId, 'superseded'));
    expectRefusal(await post(`ipn-deliveries/${deliveryId}/resend`), 409, 'delivery_overtaken');
    expectRefusal(await post(`ipn-deliveries/${'x'.repeat(129)}/resend`), 404, 'delivery_not_found');
  });
});

describe('DELETE /api/v1/transactions/:id/notifications', () => {
  it('erases what was said of the transaction, also after it was deleted, and stands in the audit log', async () => {
    const told = { organizationId: shop.organizationId, livemode: false, deliveryId: `dlv_${newObjectId()}`, transactionId: id };
    const sent = {
      family: 'site_ipn' as const,
      url: 'https://shop.example/ipn',
      state: 'delivered' as const,
      attemptCount: 1,
      body: 'buyer',
    };
    const delivery = { ...told, ...sent, eventVersion: 2, createdAt: '2026-01-31T10:00:06.000Z', attempts: [] };
    stack.dispatcher.deliveries.push(delivery);
    const erase = (key: string): Promise<Answer> => call(`transactions/${id}/notifications`, { method: 'DELETE', key });
    expectRefusal(await erase(other.apiKey), 404, 'transaction_not_found');
    expect(delivery.body).toBe('buyer');
    await call(`transactions/${id}`, { method: 'DELETE' });
    expect(await erase(shop.apiKey)).toMatchObject({ status: 200, body: { erased: 1, underWay: 0 } });
    expect(delivery.body).toBe('');
    expect(await latestDeed('transaction.notifications_erased')).toMatchObject({
      ...{ resource: { type: 'transaction', id }, changes: expect.arrayContaining([{ field: 'erased', after: 1 }]) },
    });
  });
});

describe('GET /api/v1/dashboard', () => {
  it('asks for the period and the one before, and sums them up', async () => {
    const sum = { currency: 'EUR', count: 3, amount: 3000, refundedAmount: 500 };
    stack.main.figures = {
      byStatus: [{ ...sum, status: 'succeeded' }],
      byProvider: [{ ...sum, providerType: 'manual' }],
      byDay: [{ ...sum, day: '2026-03-02' }],
    };
    const { status, body } = await call(`dashboard?from=2026-03-01&to=2026-03-31&siteId=${shop.siteId}`);
    expect(status).toBe(200);
    const volume = { payments: 3, grossVolume: 3000, refunded: 500, netRevenue: 2500 };
    expect(body).toMatchObject({
      period: { from: '2026-03-01', to: '2026-03-31' },
      comparison: { from: '2026-01-29', to: '2026-02-28' },
      currencies: [{ currency: 'EUR', ...volume, previous: volume }],
      transactions: { total: 3, failureRatio: 0 },
      topProviders: [{ providerType: 'manual', currency: 'EUR', payments: 3, grossVolume: 3000 }],
      days: [{ day: '2026-03-02', currency: 'EUR', payments: 3, grossVolume: 3000, refunded: 500 }],
    });
    expect(body).toHaveProperty('recentTransactions');
    const tenant = { organizationId: shop.organizationId, livemode: false, siteId: shop.siteId };
    expect(stack.main.figureRequests.slice(-2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...tenant, from: '2026-03-01', to: '2026-03-31' }),
        expect.objectContaining({ ...tenant, from: '2026-01-29', to: '2026-02-28' }),
      ]),
    );
  });

  it.each([
    ['period=1d', 'period'],
    ['from=2026-03-01', 'to'],
    ['from=2026-03-01T00:00:00Z&to=2026-03-02', 'from'],
    ['from=2026-02-30&to=2026-03-02', 'from'],
    ['compareFrom=x', 'compareFrom'],
    ['siteId=x', 'siteId'],
    ['currency=EUR', 'currency'],
  ])('refuses ?%s', async (query, field) => {
    expectRefusal(await call(`dashboard?${query}`), 400, 'validation_failed', field);
  });

  it('needs its scope', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['checkout:*'] });
    expectRefusal(await call('dashboard', { key: apiKey }), 403, 'insufficient_scope');
  });
});

describe('tax of a transaction', () => {
  it('shows amounts, the decision of every line and what it was made from', async () => {
    const { status, body } = await call(`transactions/${id}/tax`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ transactionId: id, livemode: false, currency: 'EUR', amount: 4900, origin: 'calculated', version: 1 },
      ...{ taxIncluded: true, totalGross: 4900, problems: [], movements: [] },
      taxDecision: { sellerCountry: 'DE', buyerCountry: 'FR', buyerType: 'B2C' },
      lines: [{ id: '1', description: 'Plan', gross: 4900, decidedBy: expect.stringMatching(/^built_in:/), explain: expect.any(Array) }],
      configuration: { revision: 3, settings: { sellerCountry: 'DE' }, rates: [expect.anything()], rules: [] },
    });
  });

  it('is calculated once more, and the audit log says by whom and what came of it', async () => {
    expect(await post(`transactions/${id}/recalculate-tax`)).toMatchObject({ status: 200, body: { transactionId: id, version: 2 } });
    expect(await latestDeed('transaction.tax_recalculated')).toMatchObject({
      resource: { type: 'transaction', id },
      changes: [{ field: 'version', before: 1, after: 2 }],
    });
  });

  it('is not audited when it was refused', async () => {
    stack.main.refusal = new DomainError('conflict');
    expectRefusal(await post(`transactions/${id}/recalculate-tax`), 409, 'conflict');
    expect(await latestDeed('transaction.tax_recalculated')).not.toMatchObject({ resource: { id } });
  });
});
