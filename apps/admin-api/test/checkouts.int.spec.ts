import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newObjectId, TenantScope } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Call, Merchant } from './fixture/admin-stack.js';
import { deeds } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
}, 60_000);
afterAll(async () => stack.stop());

const order = { amount: 4900, currency: 'EUR', externalReference: 'order_1' };

function create(body: unknown, call: Call = {}, siteId = shop.siteId): Promise<Answer> {
  return stack.call(`/api/v1/checkouts/${siteId}/create`, { method: 'POST', key: shop.apiKey, body, ...call });
}

describe('POST /api/v1/checkouts/{siteId}/create', () => {
  it('answers exactly the four documented fields with 200', async () => {
    const { status, body, headers } = await create(order);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['id', 'sessionPublicId', 'shortCode', 'paymentUrl']);
    expect(headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
    expect(headers.get('idempotent-replayed')).toBeNull();
  });

  it('passes on who asks, in which mode, and the canonical order', async () => {
    await create({
      ...order,
      externalReference: 'canonical',
      email: '',
      items: [{ description: 'Book', quantity: 1, unitPrice: 4900, itemType: 'physical' }],
    });
    const command = stack.main.commands.find(({ externalReference }) => externalReference === 'canonical');
    expect(command).toMatchObject({
      organizationId: shop.organizationId,
      livemode: false,
      siteId: shop.siteId,
      amount: 4900,
      expireInHours: 24,
      items: [{ name: 'Book', itemType: 'goods' }],
    });
    expect(command?.email).toBeUndefined();
  });

  it('makes live checkouts for live keys', async () => {
    const { apiKey } = await stack.newKey(TenantScope.of(shop.organizationId, true), {});
    expect(apiKey).toMatch(/^sk_live_/);
    expect((await create({ ...order, externalReference: 'live' }, { key: apiKey })).status).toBe(200);
    expect(stack.main.commands.find(({ externalReference }) => externalReference === 'live')?.livemode).toBe(true);
  });

  it('takes a site id in upper case', async () => {
    expect((await create(order, {}, shop.siteId.toUpperCase())).status).toBe(200);
  });

  it.each([
    ['no id', () => 'shop'],
    ['a short id', () => 'abc123'],
    ['an unknown id', () => newObjectId()],
    ['a foreign site', () => other.siteId],
    ['an operator', () => '%7B%22$gt%22:%22%22%7D'],
  ])('answers %s like a site that does not exist', async (_name, siteId) => {
    const answer = await create(order, {}, siteId());
    expectRefusal(answer, 404, 'site_not_found', 'siteId');
    expect(answer.body.message).toBe('There is no such site in this organization.');
  });

  it.each<[string, object, string]>([
    ['amount 0', { amount: 0 }, 'amount'],
    ['amount -1', { amount: -1 }, 'amount'],
    ['amount 10.5', { amount: 10.5 }, 'amount'],
    ['amount 2^53', { amount: 2 ** 53 }, 'amount'],
    ['amount as text', { amount: '4900' }, 'amount'],
    ['unknown currency', { currency: 'XXQ' }, 'currency'],
    ['no reference', { externalReference: null }, 'externalReference'],
    ['non-http return URL', { returnUrl: 'javascript:alert(1)' }, 'returnUrl'],
    ['unknown field', { organizationId: newObjectId() }, 'organizationId'],
    ['unknown nested field', { billingAddress: { $where: '1' } }, 'billingAddress.$where'],
    ['operator as reference', { externalReference: { $gt: '' } }, 'externalReference'],
    ['operator as e-mail', { email: { $ne: null } }, 'email'],
    ['operator in metadata', { metadata: { a: { $gt: '' } } }, 'metadata'],
  ])('refuses %s and names the field', async (_name, change, field) => {
    expectRefusal(await create({ ...order, ...change }), 400, 'validation_failed', field);
  });

  it('refuses items whose sum is off, with both phrases', async () => {
    const answer = await create({ ...order, amount: 1000, items: [{ name: 'Third', quantity: 3, unitPrice: 333 }] });
    expectRefusal(answer, 400, 'items_sum_mismatch', 'items');
    expect(answer.body.error).toContain('sum of item amounts');
    expect(answer.body.error).toContain('does not match total amount');
  });

  it.each([
    ['broken JSON', { text: '{"amount": 49' }, 400, 'malformed_json'],
    ['no body', { text: '' }, 400, 'malformed_json'],
    ['a body that is no object', { text: '[]' }, 400, 'validation_failed'],
    ['null', { text: 'null' }, 400, 'validation_failed'],
    ['a prototype key', { text: '{"__proto__": {"amount": 1}}' }, 400, 'malformed_json'],
    ['1 MB', { text: JSON.stringify({ ...order, metadata: { a: 'x'.repeat(1024 * 1024) } }) }, 413, 'payload_too_large'],
    ['a form', { text: 'amount=4900', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported_media_type'],
  ])('refuses %s', async (_name, call, status, code) => {
    expectRefusal(await create(undefined, call), status, code);
  });

  describe('Idempotency-Key', () => {
    const withKey = (key: string, body: unknown) => create(body, { headers: { 'idempotency-key': key } });

    it('repeats the answer and says so', async () => {
      const first = await withKey('key-1', order);
      const again = await withKey('key-1', { ...order, amount: 4900.0, email: null });
      expect(again).toMatchObject({ status: 200, body: first.body });
      expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    });

    it('refuses another body with 422', async () => {
      await withKey('key-2', order);
      expectRefusal(await withKey('key-2', { ...order, amount: 4901 }), 422, 'idempotency_key_reused', 'Idempotency-Key');
    });

    it.each([['k'.repeat(256)], ['clé']])('refuses the key %s', async (key) => {
      expectRefusal(await withKey(key, order), 400, 'validation_failed', 'Idempotency-Key');
    });
  });
});

describe('GET /api/v1/checkouts', () => {
  it('lists the checkouts of the caller only', async () => {
    await create({ ...order, externalReference: 'mine' });
    const mine = await stack.call('/api/v1/checkouts?limit=10', { key: shop.apiKey });
    expect(mine).toMatchObject({ status: 200, body: { page: 1, limit: 10 } });
    expect(mine.body.checkouts.map((row) => row['externalReference'])).toContain('mine');
    expect(mine.body.checkouts.every((row) => !('organizationId' in row))).toBe(true);
    expect((await stack.call('/api/v1/checkouts', { key: other.apiKey })).body).toEqual({ checkouts: [], total: 0, page: 1, limit: 50 });
  });

  it('passes on every filter', async () => {
    const ids = { siteId: newObjectId(), clientId: newObjectId() };
    const query = new URLSearchParams({
      ...ids,
      status: 'open',
      currency: 'EUR',
      from: '2026-01-01',
      to: '2026-01-31',
      externalReference: 'x',
      page: '2',
      limit: '7',
    });
    await stack.call(`/api/v1/checkouts?${query.toString()}`, { key: shop.apiKey });
    expect(stack.main.checkoutLists.at(-1)).toMatchObject({
      ...ids,
      organizationId: shop.organizationId,
      livemode: false,
      status: 'open',
      currency: 'EUR',
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-31T23:59:59.999Z',
      externalReference: 'x',
      page: 2,
      limit: 7,
    });
  });

  it.each([
    ['status=paid', 'status'],
    ['currency=euro', 'currency'],
    ['from=yesterday', 'from'],
    ['from=2026-02-01&to=2026-01-01', 'from'],
    ['siteId=shop', 'siteId'],
    ['page=0', 'page'],
    ['limit=101', 'limit'],
    ['status[$ne]=open', 'status[$ne]'],
    ['status=open&status=expired', 'status'],
    ['colour=red', 'colour'],
  ])('refuses ?%s', async (query, field) => {
    expectRefusal(await stack.call(`/api/v1/checkouts?${query}`, { key: shop.apiKey }), 400, 'validation_failed', field);
  });
});

describe('GET and PATCH /api/v1/checkouts/{checkoutId}', () => {
  let checkoutId: string;
  beforeAll(async () => {
    checkoutId = (await create({ ...order, metadata: { a: 'b' } })).body.id;
  });
  const at = (id: string, call: Call) => stack.call(`/api/v1/checkouts/${id}`, call);

  it('shows the checkout', async () => {
    expect(await at(checkoutId, { key: shop.apiKey })).toMatchObject({
      status: 200,
      body: { id: checkoutId, amount: 4900, status: 'open', livemode: false },
    });
  });

  it('replaces the metadata', async () => {
    const answer = await at(checkoutId, { method: 'PATCH', key: shop.apiKey, body: { metadata: { cart: 7 } } });
    expect(answer).toMatchObject({ status: 200, body: { id: checkoutId, metadata: { cart: '7' } } });
  });

  it.each<[string, unknown, string]>([
    ['no metadata', {}, 'metadata'],
    ['an operator', { metadata: { $set: { amount: '1' } } }, 'metadata'],
    ['another field', { metadata: {}, amount: 1 }, 'amount'],
  ])('refuses a change with %s', async (_name, body, field) => {
    expectRefusal(await at(checkoutId, { method: 'PATCH', key: shop.apiKey, body }), 400, 'validation_failed', field);
  });

  it.each([
    ['an unknown id', () => newObjectId(), () => shop.apiKey],
    ['no id', () => 'x', () => shop.apiKey],
    ['a foreign checkout', () => checkoutId, () => other.apiKey],
  ])('does not find %s', async (_name, id, key) => {
    expectRefusal(await at(id(), { key: key() }), 404, 'checkout_not_found');
    expectRefusal(await at(id(), { method: 'PATCH', key: key(), body: { metadata: {} } }), 404, 'checkout_not_found');
  });
});

describe('a buyer who is held', () => {
  const hold = { id: newObjectId(), action: 'allow_provider_types', reason: 'lost_dispute' };
  it.each([
    ['CHECKOUT_BLOCKED_BY_DISPUTE', { disputeId: newObjectId(), disputeStatus: 'open', amount: 4900, currency: 'EUR' }],
    ['CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD', { customerRiskHold: { ...hold, action: 'block_all' } }],
    [
      'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD',
      { customerRiskHold: hold, allowedProviderTypes: ['wire', 'wise'], allowedProviderIds: [newObjectId()] },
    ],
  ] as const)('has no checkout: %s, with what the merchant may know beside the code', async (code, details) => {
    stack.main.refusal = new DomainError(code, undefined, details);
    const answer = await create(order);
    expectRefusal(answer, 409, code);
    expect(answer.body).toEqual({
      ...details,
      ...{ code, error: expect.any(String), message: expect.any(String), requestId: expect.any(String) },
    });
  });
});

describe('customer risk holds', () => {
  const email = 'ada@example.com';
  const call = (path = '', options: Call = {}): Promise<Answer> =>
    stack.call(`/api/v1/customer-risk-holds${path}`, { key: shop.apiKey, ...options });
  const make = (body: unknown = { email, action: 'block_all' }, options: Call = {}): Promise<Answer> =>
    call('', { method: 'POST', body, ...options });
  const release = (id: unknown, options: Call = {}): Promise<Answer> =>
    call(`/${String(id)}/release`, { method: 'POST', body: {}, ...options });

  it('are made, listed, read and released, and stand in the audit log', async () => {
    const body = { email, action: 'allow_provider_types', allowedProviderTypes: ['wire', 'wise'], note: 'Called twice', clientId: '' };
    const made = await make(body);
    const { clientId: _empty, ...given } = body;
    expect(made).toMatchObject({ status: 201, body: { ...given, status: 'active', reason: 'manual', livemode: false } });
    expect(made.body).not.toHaveProperty('organizationId');
    expect(made.body).not.toHaveProperty('replayed');
    const { id } = made.body;
    expect(await call(`/${id}`)).toMatchObject({ status: 200, body: { id } });
    expect(await call()).toMatchObject({ status: 200, body: { customerRiskHolds: [{ id }], total: 1, page: 1, limit: 50 } });
    expect(await release(id, { body: { note: 'Paid' } })).toMatchObject({ status: 200, body: { id, status: 'released', note: 'Paid' } });
    expect(await release(id, { body: undefined })).toMatchObject({ status: 200, body: { id, status: 'released', note: 'Paid' } });
    for (const action of ['customer_risk_hold.created', 'customer_risk_hold.released'] as const) {
      expect(await deeds(stack, action, shop.organizationId)).toMatchObject([{ resource: { type: 'customer_risk_hold', id } }]);
    }
  });

  it('are made once per Idempotency-Key', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const entries = (await deeds(stack, 'customer_risk_hold.created', shop.organizationId)).length;
    const [first, second] = [await make(undefined, { headers }), await make(undefined, { headers })];
    expect(second.body.id).toBe(first.body.id);
    expect([first, second].map((answer) => answer.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await deeds(stack, 'customer_risk_hold.created', shop.organizationId)).toHaveLength(entries + 1);
    expectRefusal(await make({ email, action: 'manual_review' }, { headers }), 422, 'idempotency_key_reused');
  });

  it('are the organization’s, in its mode, and need a scope', async () => {
    const { id } = (await make()).body;
    const { apiKey: live } = await stack.newKey(TenantScope.of(shop.organizationId, true), {});
    for (const key of [other.apiKey, live]) {
      expectRefusal(await call(`/${id}`, { key }), 404, 'customer_risk_hold_not_found');
      expectRefusal(await release(id, { key }), 404, 'customer_risk_hold_not_found');
      expect((await call('', { key })).body).toMatchObject({ customerRiskHolds: [], total: 0 });
    }
    for (const unknown of ['x', newObjectId()]) expectRefusal(await release(unknown), 404, 'customer_risk_hold_not_found');
    expect((await call(`/${id}`)).body).toMatchObject({ status: 'active' });
    const { apiKey: reader } = await stack.newKey(shop.scope, { scopes: ['transaction:read'] });
    expect((await call('', { key: reader })).status).toBe(200);
    expectRefusal(await make(undefined, { key: reader }), 403, 'insufficient_scope');
    expectRefusal(await release(id, { key: reader }), 403, 'insufficient_scope');
    const { apiKey: seller } = await stack.newKey(shop.scope, { scopes: ['checkout:*'] });
    for (const path of ['', `/${id}`]) expectRefusal(await call(path, { key: seller }), 403, 'insufficient_scope');
  });

  it.each<[object, string]>([
    [{ action: 'block_all' }, 'email'],
    [{ email }, 'action'],
    [{ email, action: 'block' }, 'action'],
    [{ email: 'ada', action: 'block_all' }, 'email'],
    [{ email: { $ne: '' }, action: 'block_all' }, 'email'],
    [{ clientId: 'c1', action: 'block_all' }, 'clientId'],
    [{ email, action: 'allow_provider_types' }, 'allowedProviderTypes'],
    [{ email, action: 'allow_provider_types', allowedProviderTypes: [] }, 'allowedProviderTypes'],
    [{ email, action: 'allow_provider_types', allowedProviderTypes: ['cash'] }, 'allowedProviderTypes'],
    [{ email, action: 'allow_provider_types', allowedProviderTypes: ['wire', 'wire'] }, 'allowedProviderTypes'],
    [{ email, action: 'block_all', allowedProviderTypes: ['wire'] }, 'allowedProviderTypes'],
    [{ email, action: 'block_all', note: 'x'.repeat(501) }, 'note'],
    [{ email, action: 'block_all', reason: 'lost_dispute' }, 'reason'],
    [{ email, action: 'block_all', organizationId: newObjectId() }, 'organizationId'],
  ])('refuse %j', async (body, field) => expectRefusal(await make(body), 400, 'validation_failed', field));

  it('are listed by every filter', async () => {
    const filters = { status: 'released', email, clientId: newObjectId(), cursor: 'abc' };
    await call(`?${new URLSearchParams({ ...filters, limit: '10' }).toString()}`);
    expect(stack.main.holdLists.at(-1)).toMatchObject({ ...filters, organizationId: shop.organizationId, livemode: false, limit: 10 });
    for (const query of ['status=open', 'email=ada', 'clientId=1', 'action=block_all']) {
      expectRefusal(await call(`?${query}`), 400, 'validation_failed', query.split('=')[0]);
    }
  });
});
