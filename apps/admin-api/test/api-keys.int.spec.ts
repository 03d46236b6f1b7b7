import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@paygate/kernel';
import { SCOPES } from '@paygate/nest-kit';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { issued, KeyDesk, listed } from './fixture/key-desk.js';
import { describeKeyEndpoints } from './fixture/key-scenarios.js';
import { signInPerson } from './fixture/people.js';
import { newSystemKey } from './fixture/system-keys.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let desk: KeyDesk;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  desk = await deskOf(shop);
}, 60_000);
afterAll(async () => stack.stop());

/** The keys of an organization, with a live key that may do everything. */
async function deskOf({ organizationId }: Merchant, livemode = true): Promise<KeyDesk> {
  const { apiKey } = await stack.newKey(TenantScope.of(organizationId, livemode), { scopes: ['*'] });
  return new KeyDesk(stack, `/api/v1/organizations/${organizationId}/api-keys`, apiKey);
}

describeKeyEndpoints(() => desk);

describe('organizations', () => {
  it('have keys of their own', async () => {
    const [mine, theirs] = [await desk.made(), await deskOf(other)];
    for (const answer of [
      await theirs.get(mine.id),
      await theirs.update(mine.id, { name: 'Taken' }),
      await theirs.rotate(mine.id),
      await theirs.revoke(mine.id),
      await theirs.delete(mine.id),
    ]) {
      expectRefusal(answer, 404, 'api_key_not_found');
    }
    expect(listed(await theirs.list('limit=100')).apiKeys.map(({ id }) => id)).not.toContain(mine.id);
    expect(await desk.tried(mine.apiKey)).toBe(200);
  });

  it('are not reached with the key of another, by address or by header', async () => {
    const theirs = await deskOf(other);
    expectRefusal(await desk.as(theirs.credential).list(), 403, 'organization_mismatch');
    expectRefusal(await desk.as(theirs.credential).create(), 403, 'organization_mismatch');
    expectRefusal(
      await desk.create({}, { headers: { 'x-organization-id': other.organizationId } }),
      400,
      'organization_header_not_allowed',
    );
    expectRefusal(await desk.create({}, { headers: { 'x-organization-id': shop.organizationId } }), 400, 'organization_header_not_allowed');
  });

  it('do not have the keys of the platform', async () => {
    const systemKey = await newSystemKey(stack, ['*']);
    const system = new KeyDesk(stack, '/api/v1/system/api-keys', systemKey);
    const { id } = await system.made();
    expectRefusal(await desk.get(id), 404, 'api_key_not_found');
    expectRefusal(await desk.as(systemKey).get(id), 404, 'api_key_not_found');
    expectRefusal(await desk.as(systemKey).rotate(id), 404, 'api_key_not_found');
  });
});

describe('test keys', () => {
  it('see and manage test keys alone', async () => {
    const [live, test, tester] = [await desk.made(), await desk.made({ environment: 'test' }), await deskOf(shop, false)];
    for (const answer of [
      await tester.get(live.id),
      await tester.update(live.id, { name: 'x' }),
      await tester.rotate(live.id),
      await tester.revoke(live.id),
      await tester.delete(live.id),
    ]) {
      expectRefusal(answer, 404, 'api_key_not_found');
    }
    expect(listed(await tester.list('limit=100')).apiKeys.every(({ environment }) => environment === 'test')).toBe(true);
    expect(listed(await tester.list('environment=live')).total).toBe(0);
    expect((await tester.get(test.id)).status).toBe(200);
    expect((await tester.update(test.id, { name: 'Renamed' })).status).toBe(200);
    expect(await tester.tried(issued(await tester.rotate(test.id)).apiKey)).toBe(200);
  });

  it('make test keys alone', async () => {
    const tester = await deskOf(shop, false);
    expectRefusal(await tester.create({ environment: 'live' }), 403, 'live_mode_required');
    const made = await tester.made({ environment: 'test' });
    expect([made.environment, made.apiKey.slice(0, 8)]).toEqual(['test', 'sk_test_']);
  });
});

describe('people', () => {
  async function person(role: 'viewer' | 'editor' | 'admin'): Promise<KeyDesk> {
    const { accessToken } = await signInPerson(stack, { memberships: [{ scope: shop.scope, role }] });
    return new KeyDesk(stack, desk.path, accessToken);
  }

  it('make keys with every scope of organizations when they are Admins', async () => {
    const admin = await person('admin');
    const all = SCOPES.map(({ scope }) => scope).filter((scope) => !scope.startsWith('system:'));
    const made = await admin.made({ scopes: all });
    expect(made.scopes).toEqual(all);
    expect(made.createdBy).toEqual({ kind: 'user', id: expect.any(String), name: 'Person' });
    expect((await admin.made({ scopes: ['*'] })).scopes).toEqual(['*']);
    expectRefusal(await admin.create({ scopes: ['system:read'] }), 400, 'validation_failed', 'scopes[0]');
  });

  it('only look when they are not', async () => {
    const { id } = await desk.made();
    for (const role of ['viewer', 'editor'] as const) {
      const one = await person(role);
      expect((await one.list()).status).toBe(200);
      expectRefusal(await one.create({ scopes: ['checkout:read'] }), 403, 'insufficient_role');
      expectRefusal(await one.rotate(id), 403, 'insufficient_role');
    }
  });

  it('work with test keys alone while they look at test data', async () => {
    const admin = await person('admin');
    const headers = { cookie: 'selectedMode=test' };
    expectRefusal(await admin.create({}, { headers }), 403, 'live_mode_required');
    expect((await admin.create({ environment: 'test' }, { headers })).status).toBe(201);
  });
});
