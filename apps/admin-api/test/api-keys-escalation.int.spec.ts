import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { ApiKeysRepository, KeyOwner } from '../src/api-keys/index.js';
import type { IssuedApiKeyResponse } from '../src/api-keys/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { issued, KeyDesk } from './fixture/key-desk.js';

let stack: AdminStack;
let shop: Merchant;
let live: TenantScope;
let owner: KeyDesk;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
  live = TenantScope.of(shop.organizationId, true);
  const { apiKey } = await stack.newKey(live, { scopes: ['*'] });
  owner = new KeyDesk(stack, `/api/v1/organizations/${shop.organizationId}/api-keys`, apiKey);
}, 60_000);
afterAll(async () => stack.stop());

const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** A key that manages keys, and works as the caller. */
async function aManager(fields: object = {}): Promise<{ key: IssuedApiKeyResponse; desk: KeyDesk }> {
  const key = await owner.made({ scopes: ['api_key:*', 'checkout:read'], ...fields });
  return { key, desk: owner.as(key.apiKey) };
}

describe('scopes', () => {
  it.each<[string[], string[]]>([
    [['checkout:create'], ['checkout:create']],
    [['checkout:read', 'site:read'], ['site:read']],
    [['checkout:*'], ['checkout:*']],
    [['*'], ['*']],
  ])('a key cannot make one with %p', async (wanted, lacking) => {
    const { desk } = await aManager();
    const answer = await desk.create({ scopes: wanted });
    expectRefusal(answer, 403, 'scope_not_grantable');
    expect(answer.body.details).toEqual({ scopes: lacking });
  });

  it.each([[['checkout:read']], [['api_key:create', 'api_key:*']]])('a key can make one with %p', async (wanted) => {
    const { desk } = await aManager();
    expect((await desk.made({ scopes: wanted })).scopes).toEqual(wanted);
  });

  it('a key cannot give itself more', async () => {
    const { key, desk } = await aManager();
    for (const scopes of [['*'], ['api_key:*', 'checkout:*'], [...key.scopes, 'provider:update']]) {
      expectRefusal(await desk.update(key.id, { scopes }), 403, 'scope_not_grantable');
    }
    expect(issued(await owner.get(key.id)).scopes).toEqual(key.scopes);
  });

  it('a key can give itself less, and cannot take it back', async () => {
    const { key, desk } = await aManager();
    expect(issued(await desk.update(key.id, { scopes: ['api_key:*'] })).scopes).toEqual(['api_key:*']);
    expectRefusal(await desk.update(key.id, { scopes: key.scopes }), 403, 'scope_not_grantable');
  });

  it.each<[string, (desk: KeyDesk, id: string) => Promise<Answer>]>([
    ['rotate', (desk, id) => desk.rotate(id, { gracePeriodMinutes: 10_080 })],
    ['change', (desk, id) => desk.update(id, { name: 'Mine' })],
    ['narrow', (desk, id) => desk.update(id, { scopes: ['checkout:read'] })],
    ['revoke', (desk, id) => desk.revoke(id)],
    ['delete', (desk, id) => desk.delete(id)],
  ])('a key cannot %s a stronger one', async (_name, attempt) => {
    const [{ desk }, stronger] = [await aManager(), await owner.made({ scopes: ['checkout:read', 'provider:update'] })];
    const answer = await attempt(desk, stronger.id);
    expectRefusal(answer, 403, 'scope_not_grantable');
    expect(answer.body.details).toEqual({ scopes: ['provider:update'] });
    expect(JSON.stringify(answer.body)).not.toContain('sk_');
    expect(await owner.tried(stronger.apiKey)).toBe(200);
  });

  it('a key manages weaker ones and itself', async () => {
    const [{ key, desk }, weaker] = [await aManager(), await owner.made({ scopes: ['checkout:read'] })];
    const renewed = issued(await desk.rotate(weaker.id));
    expect([await owner.tried(weaker.apiKey), await owner.tried(renewed.apiKey)]).toEqual(['api_key_invalid', 200]);
    expect((await desk.revoke(weaker.id)).status).toBe(200);
    expect((await desk.delete(weaker.id)).status).toBe(204);
    const self = issued(await desk.rotate(key.id));
    expect((await owner.as(self.apiKey).list()).status).toBe(200);
  });

  it('each act needs its own scope', async () => {
    const target = await owner.made({ scopes: ['api_key:read'] });
    const acts: Record<string, (desk: KeyDesk) => Promise<Answer>> = {
      'api_key:read': (desk) => desk.get(target.id),
      'api_key:create': (desk) => desk.create({ scopes: ['api_key:create'] }),
      'api_key:update': (desk) => desk.update(target.id, {}),
      'api_key:execute': (desk) => desk.revoke(target.id),
      'api_key:delete': (desk) => desk.delete(target.id),
    };
    for (const held of Object.keys(acts)) {
      const desk = owner.as((await owner.made({ scopes: [held] })).apiKey);
      for (const [needed, act] of Object.entries(acts)) {
        const { body } = await act(desk);
        expect([held, needed, body.code === 'insufficient_scope']).toEqual([held, needed, held !== needed]);
      }
    }
  });
});

describe('the life of a key', () => {
  it('ends no later than that of the key that makes it', async () => {
    const { key, desk } = await aManager({ expiresAt: at(60) });
    expect((await desk.made({ scopes: ['checkout:read'], expiresAt: at(30) })).status).toBe('active');
    expect((await desk.made({ scopes: ['checkout:read'], expiresAt: key.expiresAt })).expiresAt).toBe(key.expiresAt);
    for (const expiresAt of [undefined, at(61)]) {
      expectRefusal(await desk.create({ scopes: ['checkout:read'], expiresAt }), 403, 'api_key_limits_exceeded', 'expiresAt');
    }
  });

  it('is not made longer by the key itself', async () => {
    const { key, desk } = await aManager({ expiresAt: at(60) });
    for (const expiresAt of [null, at(61), '2999-01-01']) {
      expectRefusal(await desk.update(key.id, { expiresAt }), 403, 'api_key_limits_exceeded', 'expiresAt');
    }
    const shorter = at(10);
    expect(issued(await desk.update(key.id, { expiresAt: shorter })).expiresAt).toBe(shorter);
    expect(issued(await owner.update(key.id, { expiresAt: null })).expiresAt).toBeUndefined();
  });

  it('is not made longer by rotating one that lives longer', async () => {
    const [{ desk }, lasting] = [await aManager({ expiresAt: at(60) }), await owner.made({ scopes: ['checkout:read'] })];
    expectRefusal(await desk.rotate(lasting.id), 403, 'api_key_limits_exceeded');
    expect(await owner.tried(lasting.apiKey)).toBe(200);
    expect((await desk.update(lasting.id, { name: 'Renamed' })).status).toBe(200);
  });
});

describe('the address list of a key', () => {
  const HERE = ['127.0.0.0/8', '::1'];

  it('is not loosened by the key itself', async () => {
    const { key, desk } = await aManager({ ipAllowlist: HERE });
    for (const ipAllowlist of [[], ['0.0.0.0/0', '::/0'], [...HERE, '203.0.113.7']]) {
      expectRefusal(await desk.update(key.id, { ipAllowlist }), 403, 'api_key_limits_exceeded', 'ipAllowlist');
    }
    const narrower = ['127.0.0.1', '::1'];
    expect(issued(await desk.update(key.id, { ipAllowlist: narrower })).ipAllowlist).toEqual(narrower);
    expect(issued(await owner.update(key.id, { ipAllowlist: [] })).ipAllowlist).toEqual([]);
  });
});

it('a key that was revoked leaves no successor, even where it is still remembered as good', async () => {
  const { key, desk } = await aManager();
  expect((await desk.list()).status).toBe(200);
  // Past the API, so that no instance is told.
  await service(stack, ApiKeysRepository).revoke(KeyOwner.organization(live), key.id, new Date());
  for (const answer of [await desk.create({ scopes: ['checkout:read'] }), await desk.rotate(key.id)]) {
    expectRefusal(answer, 401, 'api_key_revoked');
  }
});

describe('mass assignment', () => {
  it.each([
    'organizationId',
    'role',
    'createdBy',
    'revokedAt',
    'lastUsedAt',
    'status',
    'id',
    '_id',
    'keyId',
    'apiKey',
    'secretHash',
    'previousSecret',
  ])('%s cannot be sent', async (field) => {
    const { id } = await owner.made();
    for (const answer of [await owner.create({ [field]: newObjectId() }), await owner.update(id, { [field]: newObjectId() })]) {
      expectRefusal(answer, 400, 'validation_failed', field);
    }
  });
});
