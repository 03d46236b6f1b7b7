import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
const transactionId = newObjectId();

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  const tenant = { organizationId: shop.organizationId, livemode: false };
  const ids = { checkoutId: newObjectId(), siteId: shop.siteId };
  stack.main.transactions.push({
    ...tenant,
    ...ids,
    id: transactionId,
    sessionPublicId: 'cs_1',
    providerId: shop.providerId,
    providerType: 'sandbox',
    status: 'succeeded',
    amount: 4900,
    currency: 'EUR',
    refundedAmount: 0,
    pendingRefundAmount: 0,
    refundableAmount: 4900,
    metadata: {},
    eventVersion: 2,
    timeline: [],
    createdAt: '2026-01-31T10:00:00.000Z',
    updatedAt: '2026-01-31T10:00:05.000Z',
  });
  stack.dispatcher.deliveries.push({
    ...tenant,
    ...ids,
    deliveryId: 'dlv_1',
    family: 'site_ipn',
    transactionId,
    status: 1,
    eventVersion: 2,
    url: 'https://shop.example/ipn',
    state: 'delivered',
    attemptCount: 1,
    lastStatusCode: 200,
    createdAt: '2026-01-31T10:00:06.000Z',
    body: '{"id":"x"}',
    attempts: [{ number: 1, startedAt: '2026-01-31T10:00:06.000Z', durationMs: 12, statusCode: 200, responseBody: 'OK' }],
  });
}, 60_000);
afterAll(async () => stack.stop());

describe('GET /api/v1/transactions', () => {
  it('lists the transactions of the caller, with the cursor for what follows', async () => {
    const { status, body } = await stack.call('/api/v1/transactions', { key: shop.apiKey });
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 1, page: 1, limit: 50, nextCursor: 'next' });
    expect(body.transactions).toHaveLength(1);
    expect(body.transactions[0]).toMatchObject({ id: transactionId, status: 'succeeded', amount: 4900, livemode: false });
    expect(body.transactions[0]).not.toHaveProperty('organizationId');
    expect((await stack.call('/api/v1/transactions', { key: other.apiKey })).body.transactions).toEqual([]);
  });

  it('passes on every documented filter', async () => {
    const ids = { siteId: newObjectId(), providerId: newObjectId(), clientId: newObjectId(), checkoutId: newObjectId() };
    const plain = { ...ids, status: 'pending_provider', currency: 'JPY', externalReference: 'o-1', cursor: 'abc' };
    const query = new URLSearchParams({ ...plain, from: '2026-01-01', to: '2026-03-31T12:00:00+02:00', page: '3', limit: '100' });
    await stack.call(`/api/v1/transactions?${query.toString()}`, { key: shop.apiKey });
    expect(JSON.parse(JSON.stringify(stack.main.transactionLists.at(-1)))).toEqual({
      ...plain,
      organizationId: shop.organizationId,
      livemode: false,
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-03-31T10:00:00.000Z',
      page: 3,
      limit: 100,
    });
  });

  it('takes empty filters for absent', async () => {
    const { status } = await stack.call('/api/v1/transactions?status=&currency=&from=&siteId=&externalReference=', { key: shop.apiKey });
    expect(status).toBe(200);
  });

  it.each([
    ['status=paid', 'status'],
    ['status=SUCCEEDED', 'status'],
    ['currency=eur', 'currency'],
    ['currency=XXQ', 'currency'],
    ['from=2026-02-30', 'from'],
    ['to=soon', 'to'],
    ['from=2026-02-01&to=2026-01-31', 'from'],
    ['siteId=1', 'siteId'],
    ['providerId=stripe', 'providerId'],
    ['clientId=1', 'clientId'],
    ['checkoutId=1', 'checkoutId'],
    [`externalReference=${'x'.repeat(65)}`, 'externalReference'],
    ['page=0', 'page'],
    ['page=one', 'page'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=10.5', 'limit'],
    ['siteId[$gt]=', 'siteId[$gt]'],
    ['siteId=a&siteId=b', 'siteId'],
    ['organizationId=5f0000000000000000000001', 'organizationId'],
  ])('refuses ?%s', async (query, field) => {
    expectRefusal(await stack.call(`/api/v1/transactions?${query}`, { key: shop.apiKey }), 400, 'validation_failed', field);
  });
});

describe('GET /api/v1/ipn-deliveries', () => {
  it('lists the notifications of the caller', async () => {
    const { body } = await stack.call('/api/v1/ipn-deliveries', { key: shop.apiKey });
    expect(body.deliveries).toHaveLength(1);
    expect(body.deliveries[0]).toMatchObject({ deliveryId: 'dlv_1', state: 'delivered' });
    expect(body.deliveries[0]).not.toHaveProperty('body');
    expect((await stack.call('/api/v1/ipn-deliveries', { key: other.apiKey })).body.deliveries).toEqual([]);
  });

  it('passes on every filter', async () => {
    const filters = { transactionId: newObjectId(), checkoutId: newObjectId(), siteId: newObjectId(), state: 'dead' };
    await stack.call(`/api/v1/ipn-deliveries?${new URLSearchParams(filters).toString()}`, { key: shop.apiKey });
    expect(stack.dispatcher.lists.at(-1)).toMatchObject({ ...filters, organizationId: shop.organizationId, livemode: false });
  });

  it.each([
    ['state=lost', 'state'],
    ['transactionId=x', 'transactionId'],
    ['checkoutId=x', 'checkoutId'],
    ['siteId[$ne]=x', 'siteId[$ne]'],
  ])('refuses ?%s', async (query, field) => {
    expectRefusal(await stack.call(`/api/v1/ipn-deliveries?${query}`, { key: shop.apiKey }), 400, 'validation_failed', field);
  });

  it('shows one with its attempts and bytes, to its owner only', async () => {
    const { body } = await stack.call('/api/v1/ipn-deliveries/dlv_1', { key: shop.apiKey });
    expect(body).toMatchObject({ deliveryId: 'dlv_1', body: '{"id":"x"}', attempts: [{ number: 1, statusCode: 200 }] });
    expectRefusal(await stack.call('/api/v1/ipn-deliveries/dlv_1', { key: other.apiKey }), 404, 'delivery_not_found');
    expectRefusal(await stack.call('/api/v1/ipn-deliveries/%7B%22$gt%22:%22%22%7D', { key: shop.apiKey }), 404, 'delivery_not_found');
  });
});

describe('GET /api/v1/transactions/:id', () => {
  const get = (id: string, merchant: Merchant) => stack.call(`/api/v1/transactions/${id}`, { key: merchant.apiKey });

  it('adds how its latest notification fares', async () => {
    expect(await get(transactionId, shop)).toMatchObject({
      status: 200,
      body: {
        id: transactionId,
        status: 'succeeded',
        ipn: { deliveryId: 'dlv_1', state: 'delivered', attemptCount: 1, lastStatusCode: 200 },
      },
    });
  });

  it.each([
    ['an unknown id', newObjectId(), () => shop],
    ['no id', 'TX1', () => shop],
    ['a foreign transaction', transactionId, () => other],
  ])('does not find %s', async (_name, id, merchant) => {
    expectRefusal(await get(id, merchant()), 404, 'transaction_not_found');
  });

  // Last: from here on the dispatcher is away.
  it('answers without the notification while the dispatcher is away', async () => {
    await stack.stopDispatcher();
    expect(await get(transactionId, shop)).toMatchObject({ status: 200, body: { id: transactionId, ipn: null } });
    expectRefusal(await stack.call('/api/v1/ipn-deliveries', { key: shop.apiKey }), 503, 'service_unavailable');
  });
});

describe('/api/v1/vies', () => {
  let key: string;
  beforeAll(async () => {
    ({ apiKey: key } = await stack.newKey(shop.scope, { scopes: ['vies:*'] }));
  });
  const validate = (body: unknown) => stack.call('/api/v1/vies/validate', { method: 'POST', key, body });

  it('has a VAT id checked with the service, whatever is done for buyers', async () => {
    const known = { companyName: 'Muster GmbH', consultationNumber: 'WAPIAAAAY9Pwr3aB', checkedAt: '2026-03-01T10:00:00.000Z' };
    stack.main.vatIdCheck = { ...known, status: 'valid', vatId: 'ATU13585627' };
    const { status, body } = await validate({ vatId: 'at u13585627', countryCode: '', fresh: true });
    expect(status).toBe(200);
    expect(body).toEqual({ ...known, valid: true, status: 'valid', vatId: 'ATU13585627', countryCode: 'at' });
    const { organizationId } = shop;
    expect(stack.main.vatIdQuestions.at(-1)).toEqual({
      organizationId,
      livemode: false,
      vatId: 'at u13585627',
      fresh: true,
      validation: 'vies',
    });
  });

  it.each([
    ['invalid', false],
    ['unavailable', false],
    ['recent', true],
    ['format', true],
  ] as const)('%s is valid: %p', async (status, valid) => {
    stack.main.vatIdCheck = { status, reason: 'MS_UNAVAILABLE' };
    expect((await validate({ vatId: 'ATU13585627' })).body).toMatchObject({ status, valid, reason: 'MS_UNAVAILABLE' });
  });

  it.each([
    ['nothing', {}, 'vatId'],
    ['an empty VAT id', { vatId: '' }, 'vatId'],
    ['a VAT id that is a list', { vatId: ['ATU13585627'] }, 'vatId'],
    ['one that is too long', { vatId: 'A'.repeat(51) }, 'vatId'],
    ['a country that is none', { vatId: 'ATU13585627', countryCode: 'AUT' }, 'countryCode'],
    ['a wish that is no flag', { vatId: 'ATU13585627', fresh: 'yes' }, 'fresh'],
    ['a mode of its own', { vatId: 'ATU13585627', validation: 'none' }, 'validation'],
    ['another organization', { vatId: 'ATU13585627', organizationId: newObjectId() }, 'organizationId'],
  ])('refuses %s', async (_name, body, field) => {
    expectRefusal(await validate(body), 400, 'validation_failed', field);
  });

  it('knows the countries, each with its prefix and currency', async () => {
    const { status, body } = await stack.call('/api/v1/vies/eu-countries', { key });
    expect(status).toBe(200);
    expect(body.countries).toHaveLength(28);
    expect(body.countries).toContainEqual({ countryCode: 'GR', vatPrefix: 'EL', name: 'Greece', currency: 'EUR', memberState: true });
  });
});
