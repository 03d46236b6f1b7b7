import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, systemClock, TenantScope } from '@paygate/kernel';
import { eventually } from '@paygate/testing';
import { ApiKeysRepository, KeyOwner } from '../src/api-keys/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { suspend } from './fixture/suspension.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
}, 60_000);
afterAll(async () => stack.stop());

const LIST = '/api/v1/checkouts';
const HOUR = 3_600_000;

describe('the API key', () => {
  it.each<[string, () => Record<string, string>, string]>([
    ['no header', () => ({}), 'api_key_missing'],
    ['another scheme', () => ({ authorization: 'Basic c2s6eA==' }), 'api_key_malformed'],
    ['a key without its secret', () => ({ authorization: 'Bearer sk_live_abc' }), 'api_key_malformed'],
    ['an unknown key', () => ({ authorization: 'Bearer sk_live_keyid.secret' }), 'api_key_invalid'],
    ['a wrong secret', () => ({ authorization: `Bearer ${shop.apiKey}x` }), 'api_key_invalid'],
    [
      'the secret of another key',
      () => ({ authorization: `Bearer ${shop.apiKey.split('.')[0] ?? ''}.${other.apiKey.split('.')[1] ?? ''}` }),
      'api_key_invalid',
    ],
    [
      'a test key written as a live one',
      () => ({ authorization: `Bearer ${shop.apiKey.replace('sk_test_', 'sk_live_')}` }),
      'api_key_invalid',
    ],
  ])('%s is refused with 401', async (_name, headers, code) => {
    expectRefusal(await stack.call(LIST, { headers: headers() }), 401, code);
  });

  it('is refused when it has expired', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { expiresAt: new Date(Date.now() - HOUR) });
    expectRefusal(await stack.call(LIST, { key: apiKey }), 401, 'api_key_expired');
  });

  it('is refused within a second of its revocation, also when nobody was told', async () => {
    const { id, apiKey } = await stack.newKey(shop.scope, {});
    expect((await stack.call(LIST, { key: apiKey })).status).toBe(200);
    const keys = stack.app.get(ApiKeysRepository, { strict: false });
    await keys.revoke(KeyOwner.organization(shop.scope), id, systemClock.now());
    const revokedAt = performance.now();
    const answer = await eventually(
      async () => {
        const refused = await stack.call(LIST, { key: apiKey });
        expect(refused.status).toBe(401);
        return refused;
      },
      { timeoutMs: 3_000 },
    );
    expect(performance.now() - revokedAt).toBeLessThan(1_000);
    expectRefusal(answer, 401, 'api_key_revoked');
  });

  it('works only from the addresses of its list', async () => {
    const [elsewhere, here] = await Promise.all([
      stack.newKey(shop.scope, { ipAllowlist: ['203.0.113.0/24'] }),
      stack.newKey(shop.scope, { ipAllowlist: ['127.0.0.0/8', '::1'] }),
    ]);
    expectRefusal(await stack.call(LIST, { key: elsewhere.apiKey }), 403, 'api_key_ip_not_allowed');
    expect((await stack.call(LIST, { key: here.apiKey })).status).toBe(200);
    // The proxy in front is trusted to say who called it.
    expect((await stack.call(LIST, { key: elsewhere.apiKey, headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(200);
  });

  it('must not come with an organization header', async () => {
    const headers = { 'x-organization-id': shop.organizationId };
    expectRefusal(await stack.call(LIST, { key: shop.apiKey, headers }), 400, 'organization_header_not_allowed');
  });

  it('stops with its organization', async () => {
    const merchant = await stack.newMerchant();
    await suspend(stack, merchant.scope);
    expectRefusal(await stack.call(LIST, { key: merchant.apiKey }), 403, 'organization_suspended');
  });

  it('notes its last use', async () => {
    const { apiKey } = await stack.newKey(shop.scope, {});
    const keyId = apiKey.slice('sk_test_'.length).split('.')[0] ?? '';
    const keys = stack.app.get(ApiKeysRepository, { strict: false });
    await stack.call(LIST, { key: apiKey });
    await eventually(async () => {
      const { lastUsedAt } = (await keys.findForAuthentication(keyId)) ?? {};
      expect(Date.now() - (lastUsedAt?.getTime() ?? 0)).toBeLessThan(10_000);
    });
  });

  it('is stored without its secret', async () => {
    const { apiKey } = await stack.newKey(shop.scope, {});
    const [head = '', secret = ''] = apiKey.slice('sk_test_'.length).split('.');
    const stored = await stack.app.get(ApiKeysRepository, { strict: false }).findForAuthentication(head);
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe.each<[string, string, object?]>([
  ['POST', '/api/v1/checkouts/:id/create', { amount: 1, currency: 'EUR', externalReference: 'r' }],
  ['GET', '/api/v1/checkouts'],
  ['GET', '/api/v1/checkouts/:id'],
  ['PATCH', '/api/v1/checkouts/:id', { metadata: {} }],
  ['GET', '/api/v1/transactions'],
  ['GET', '/api/v1/transactions/:id'],
  ['GET', '/api/v1/ipn-deliveries'],
  ['GET', '/api/v1/ipn-deliveries/:id'],
])('%s %s', (method, path, body) => {
  it('shows a key of another organization nothing of this one', async () => {
    const target = path.replace(':id', path.endsWith('/create') ? shop.siteId : newObjectId());
    const { status, body: answer } = await stack.call(target, { method, key: other.apiKey, body });
    // A single resource is not there; a list is there and empty.
    if (path.includes(':')) expect(status).toBe(404);
    else expect({ status, answer }).toMatchObject({ status: 200, answer: { total: 0 } });
  });
});

it('keeps live and test data of one organization apart', async () => {
  const live = await stack.newKey(TenantScope.of(shop.organizationId, true), {});
  const body = { amount: 1, currency: 'EUR', externalReference: 'test-only' };
  const { body: made } = await stack.call(`/api/v1/checkouts/${shop.siteId}/create`, { method: 'POST', key: shop.apiKey, body });
  expect((await stack.call(`${LIST}/${made.id}`, { key: shop.apiKey })).status).toBe(200);
  expectRefusal(await stack.call(`${LIST}/${made.id}`, { key: live.apiKey }), 404, 'checkout_not_found');
});
