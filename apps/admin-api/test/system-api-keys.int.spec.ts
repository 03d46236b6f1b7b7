import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { issued, KeyDesk, listed } from './fixture/key-desk.js';
import { describeKeyEndpoints } from './fixture/key-scenarios.js';
import { signInPerson } from './fixture/people.js';
import { newSystemKey } from './fixture/system-keys.js';

let stack: AdminStack;
let shop: Merchant;
let desk: KeyDesk;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
  desk = new KeyDesk(stack, '/api/v1/system/api-keys', await newSystemKey(stack, ['*']));
}, 60_000);
afterAll(async () => stack.stop());

describeKeyEndpoints(() => desk);

it('keys of organizations are not among them', async () => {
  const { id, apiKey } = await stack.newKey(shop.scope, { scopes: ['*'] });
  expectRefusal(await desk.get(id), 404, 'api_key_not_found');
  expectRefusal(await desk.rotate(id), 404, 'api_key_not_found');
  expect(listed(await desk.list('limit=100')).apiKeys.map((key) => key.id)).not.toContain(id);
  for (const answer of [await desk.as(apiKey).list(), await desk.as(apiKey).create()]) {
    expectRefusal(answer, 403, 'platform_access_required');
  }
});

it('a global administrator makes keys with everything, and an ordinary person none', async () => {
  const [administrator, person] = [
    await signInPerson(stack, { globalAdmin: true }),
    await signInPerson(stack, { memberships: [{ scope: shop.scope, role: 'admin' }] }),
  ];
  const made = await desk.as(administrator.accessToken).made({ scopes: ['*', 'system:*'] });
  expect(made.createdBy).toEqual({ kind: 'user', id: administrator.user.id, name: 'Person' });
  expectRefusal(await desk.as(person.accessToken).create(), 403, 'platform_access_required');
});

describe('a system key', () => {
  it.each<[string[], string[], string]>([
    [['system:*', 'vies:read'], ['vies:read'], ''],
    [['system:*', 'vies:read'], ['system:read', 'system:*'], ''],
    [['system:execute'], ['system:read'], 'scope_not_grantable'],
    [['system:*'], ['vies:read'], 'scope_not_grantable'],
    [['system:*'], ['*'], 'scope_not_grantable'],
    [['system:read'], ['system:read'], 'insufficient_scope'],
  ])('with %p makes one with %p: %s', async (held, wanted, code) => {
    const answer = await desk.as(await newSystemKey(stack, held)).create({ scopes: wanted });
    if (code === '') expect(answer.status).toBe(201);
    else expectRefusal(answer, 403, code);
  });

  it('for test data neither sees nor makes live ones', async () => {
    const tester = desk.as((await desk.made({ environment: 'test', scopes: ['*'] })).apiKey);
    const live = await desk.made();
    expectRefusal(await tester.create({ environment: 'live' }), 403, 'live_mode_required');
    expectRefusal(await tester.get(live.id), 404, 'api_key_not_found');
    expectRefusal(await tester.rotate(live.id), 404, 'api_key_not_found');
    expect(issued(await tester.create({ environment: 'test' })).environment).toBe('test');
  });

  it('makes keys of an organization within its own scopes', async () => {
    const path = `/api/v1/organizations/${shop.organizationId}/api-keys`;
    const provisioning = new KeyDesk(stack, path, await newSystemKey(stack, ['api_key:*', 'checkout:create']));
    const made = await provisioning.made({ scopes: ['checkout:create'] });
    expect(made.createdBy).toMatchObject({ kind: 'system_key', name: 'System key' });
    expect((await stack.call('/api/v1/checkouts', { key: made.apiKey })).body.code).toBe('insufficient_scope');
    expectRefusal(await provisioning.create({ scopes: ['checkout:read'] }), 403, 'scope_not_grantable');
  });
});
