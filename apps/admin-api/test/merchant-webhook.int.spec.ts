import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import type { TransactionDetail } from '@paygate/messages';
import type { Role } from '@paygate/nest-kit';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { deeds } from './fixture/backstage.js';
import { signInPerson } from './fixture/people.js';

/** What the bodies of the surface may hold. */
interface MerchantAnswer {
  status: number;
  headers: Headers;
  body: { detail: string; code: string; errors?: Record<string, string[]>; raw_secret?: string; created_at: string; delivery_id: string };
}

let stack: AdminStack;
let shop: Merchant;
const tokens = {} as Record<Role, string>;

beforeAll(async () => {
  stack = await AdminStack.start();
}, 60_000);
afterAll(async () => stack.stop());
// Each test has an organization without a webhook.
beforeEach(async () => {
  shop = await stack.newMerchant();
  for (const role of ['viewer', 'editor', 'admin'] as const) {
    tokens[role] = (await signInPerson(stack, { memberships: [{ scope: shop.scope, role }] })).accessToken;
  }
});

async function call(
  path: string,
  options: { method?: string; token?: string; body?: unknown; headers?: object } = {},
): Promise<MerchantAnswer> {
  const { method = 'GET', token = tokens.admin, body, headers = {} } = options;
  const payload = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${stack.url}/api/organization/${path}`, {
    method,
    ...payload,
    headers: { authorization: `Token ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as MerchantAnswer['body'] };
}

const set = (endpoint_url: unknown, options: object = {}): Promise<MerchantAnswer> =>
  call('webhook/', { method: 'PUT', body: { endpoint_url }, ...options });

/** The error body of the surface: nothing of the other surfaces' in it. */
function expectRefusal({ status, body, headers }: MerchantAnswer, expectedStatus: number, code: string, field?: string): void {
  expect({ status, code: body.code }).toEqual({ status: expectedStatus, code });
  expect(Object.keys(body).filter((name) => name !== 'errors')).toEqual(['detail', 'code']);
  expect(body.detail).toEqual(expect.any(String));
  expect(headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  if (field !== undefined) expect(body.errors).toEqual({ [field]: [expect.stringContaining(field)] });
}

const NOWHERE = {
  ...{ endpoint_url: null, secret_preview: null, is_active: false, disabled_reason: null },
  ...{ last_success_at: null, last_failure_at: null, created_at: null, updated_at: null },
};

describe('the webhook of an organization', () => {
  it('is nowhere at first; set, it shows its secret once and then only the end of it', async () => {
    expect((await call('webhook/')).body).toEqual(NOWHERE);
    const { status, body } = await set('https://your-server.com/webhooks');
    const { raw_secret = '', ...rest } = body;
    expect([status, raw_secret]).toEqual([200, expect.stringMatching(/^whsec_/)]);
    expect(rest).toMatchObject({ endpoint_url: 'https://your-server.com/webhooks', is_active: true });
    expect(rest).toHaveProperty('secret_preview', `whsec_…${raw_secret.slice(-4)}`);
    expect((await call('webhook')).body).toEqual(rest);
    expect(JSON.stringify(await deeds(stack, 'webhook_endpoint.created', shop.organizationId))).not.toContain(raw_secret);
  });

  it('moves to another address, keeping its secret, and works again when it was disabled', async () => {
    const { body: before } = await set('https://your-server.com/one');
    const row = stack.dispatcher.endpoints.at(-1);
    if (row) Object.assign(row, { state: 'disabled', disabledReason: 'failing' });
    expect((await call('webhook')).body).toMatchObject({ is_active: false, disabled_reason: 'failing' });
    const { body } = await set('https://your-server.com/two');
    expect(body).toMatchObject({ endpoint_url: 'https://your-server.com/two', is_active: true, disabled_reason: null });
    expect(body).not.toHaveProperty('raw_secret');
    expect(body).toHaveProperty('secret_preview', `whsec_…${before.raw_secret?.slice(-4) ?? ''}`);
    expect(stack.dispatcher.endpoints.filter(({ organizationId }) => organizationId === shop.organizationId)).toHaveLength(1);
  });

  it('is made once when set several times at once', async () => {
    const answers = await Promise.all([set('https://a.example/'), set('https://a.example/'), set('https://a.example/')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ body }) => body.raw_secret !== undefined)).toHaveLength(1);
    expect(stack.dispatcher.endpoints.filter(({ organizationId }) => organizationId === shop.organizationId)).toHaveLength(1);
  });

  it.each([null, ''])('ends when set to %j', async (nothing) => {
    expect((await set(nothing)).body).toEqual(NOWHERE);
    await set('https://a.example/');
    expect((await set(nothing)).body).toEqual(NOWHERE);
    expect((await call('webhook')).body).toEqual(NOWHERE);
  });

  it.each<[string, unknown, string]>([
    ['no address', {}, 'endpoint_url'],
    ['a number', { endpoint_url: 1 }, 'endpoint_url'],
    ['an operator', { endpoint_url: { $gt: '' } }, 'endpoint_url'],
    ['another scheme', { endpoint_url: 'file:///etc/passwd' }, 'endpoint_url'],
    ['credentials', { endpoint_url: 'https://a:b@shop.example' }, 'endpoint_url'],
    ['an address inside, which the dispatcher refuses', { endpoint_url: 'https://127.0.0.1/' }, 'endpoint_url'],
    ['an unknown field', { endpoint_url: 'https://a.example', secret: 'x' }, 'secret'],
  ])('is refused with %s', async (_name, body, field) => {
    expectRefusal(await call('webhook/', { method: 'PUT', body }), 400, 'validation_failed', field);
  });

  it('gets a new secret, shown once', async () => {
    expectRefusal(await call('webhook/rotate/', { method: 'POST' }), 404, 'endpoint_not_found');
    const { body: created } = await set('https://a.example/');
    const { status, body } = await call('webhook/rotate/', { method: 'POST', body: {} });
    expect([status, body.raw_secret]).toEqual([200, expect.stringMatching(/^whsec_/)]);
    expect(body.raw_secret).not.toBe(created.raw_secret);
    expect((await call('webhook')).body).toHaveProperty('secret_preview', `whsec_…${body.raw_secret?.slice(-4) ?? ''}`);
  });

  it('is sent a test', async () => {
    expectRefusal(await call('webhook/test/', { method: 'POST' }), 404, 'endpoint_not_found');
    await set('https://a.example/');
    const { status, body } = await call('webhook/test/', { method: 'POST' });
    expect([status, body]).toEqual([200, expect.objectContaining({ event: 'webhook.test', transaction_id: null, state: 'scheduled' })]);
    expect(body.delivery_id).toMatch(/^dlv_/);
  });

  it('is told of a real payment: one that is named with or without TX, or the newest', async () => {
    await set('https://a.example/');
    const resend = (body?: unknown) => call('webhook/test-transaction/', { method: 'POST', body });
    expectRefusal(await resend(), 404, 'transaction_not_found');
    const [own, foreign] = [transactionOf(shop), transactionOf(await stack.newMerchant())];
    stack.main.transactions.push(own, foreign);
    for (const body of [
      undefined,
      {},
      { transaction_id: '' },
      { transaction_id: own.id },
      { transaction_id: `TX${own.id.toUpperCase()}` },
    ]) {
      const answer = await resend(body);
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ transaction_id: own.id })]);
    }
    expect(stack.dispatcher.sentTransactions.at(-1)).toMatchObject({ transactionId: own.id, status: 'succeeded', amount: 4900 });
    expectRefusal(await resend({ transaction_id: foreign.id }), 404, 'transaction_not_found');
    for (const transaction_id of ['TX1', 7, { $ne: '' }, `XT${own.id}`]) {
      expectRefusal(await resend({ transaction_id }), 400, 'validation_failed', 'transaction_id');
    }
  });

  it('is another one for test data, and stands beside the endpoints of the Admin API', async () => {
    await set('https://live.example/');
    const cookie = { headers: { cookie: 'selectedMode=test' } };
    expect((await call('webhook/', cookie)).body).toEqual(NOWHERE);
    await set('https://test.example/', cookie);
    expect((await call('webhook/')).body).toMatchObject({ endpoint_url: 'https://live.example/' });
    const { apiKey } = await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes: ['webhook:read'] });
    const { body } = await stack.call('/api/v1/webhook-endpoints', { key: apiKey });
    expect(body.webhookEndpoints).toEqual([expect.objectContaining({ url: 'https://live.example/', slot: 'merchant' })]);
  });
});

describe('who may', () => {
  it.each(['viewer', 'editor'] as const)('a %s sees it, an Admin changes it', async (role) => {
    const token = tokens[role];
    expect((await call('webhook/', { token })).status).toBe(200);
    expectRefusal(await set('https://a.example/', { token }), 403, 'insufficient_role');
    for (const path of ['webhook/rotate/', 'webhook/test/', 'webhook/test-transaction/']) {
      expectRefusal(await call(path, { method: 'POST', token }), 403, 'insufficient_role');
    }
  });

  it('no key of either kind does, and nobody without a session', async () => {
    const { apiKey } = await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes: ['*'] });
    expectRefusal(await call('webhook/', { headers: { authorization: `Bearer ${apiKey}` } }), 403, 'user_required');
    expectRefusal(await call('webhook/', { headers: { authorization: `Api-Key ${apiKey}` } }), 401, 'api_key_malformed');
    expectRefusal(await call('webhook/', { headers: { authorization: '' } }), 401, 'api_key_missing');
    expectRefusal(await call('webhook/', { token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' }), 401, 'access_token_invalid');
  });

  it('a member of another organization does not see it', async () => {
    const other = await stack.newMerchant();
    const { accessToken: token } = await signInPerson(stack, { memberships: [{ scope: other.scope, role: 'admin' }] });
    await set('https://a.example/');
    expect((await call('webhook/', { token })).body).toEqual(NOWHERE);
    const headers = { cookie: `selectedOrganization=${shop.organizationId}` };
    expectRefusal(await call('webhook/', { token, headers }), 403, 'not_a_member');
  });
});

describe('the surface', () => {
  it('answers every error in its own form, also of addresses that are not there and of bodies that are no JSON', async () => {
    expectRefusal(await call('nothing/'), 404, 'route_not_found');
    const headers = { authorization: `Token ${tokens.admin}`, 'content-type': 'application/json' };
    const broken = await fetch(`${stack.url}/api/organization/webhook/`, { method: 'PUT', headers, body: '{' });
    expect([broken.status, await broken.json()]).toEqual([400, { detail: expect.any(String), code: 'malformed_json' }]);
  });

  it('does not change what a slash at the end means elsewhere', async () => {
    const { status, body } = await stack.call('/api/v1/webhook-endpoints/', { key: shop.apiKey });
    expect([status, body.code, body.message]).toEqual([404, 'route_not_found', body.error]);
  });
});

function transactionOf({ organizationId, siteId, providerId }: Merchant): TransactionDetail & { organizationId: string } {
  const now = '2026-01-31T10:00:00.000Z';
  return {
    ...{ organizationId, livemode: true, siteId, providerId, id: newObjectId(), checkoutId: newObjectId(), sessionPublicId: 'cs_1' },
    ...{ providerType: 'sandbox', status: 'succeeded', amount: 4900, currency: 'EUR', refundedAmount: 0, pendingRefundAmount: 0 },
    ...{ refundableAmount: 4900, metadata: {}, eventVersion: 2, timeline: [], createdAt: now, updatedAt: now },
  };
}
