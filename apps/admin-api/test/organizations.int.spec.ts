import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@paygate/kernel';
import { organizationSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { deeds, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { hostileBodies } from './fixture/hostile-values.js';
import { signInPerson } from './fixture/people.js';
import type { Person } from './fixture/people.js';
import { newSystemKey } from './fixture/system-keys.js';

const ORGANIZATIONS = '/api/v1/organizations';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let admin: Person;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  admin = await signInPerson(stack, { memberships: [{ scope: shop.scope, role: 'admin' }] });
}, 60_000);
afterAll(async () => stack.stop());

const idsOf = ({ status, body }: Answer): string[] => {
  expect(status).toBe(200);
  return (body as unknown as { organizations: { id: string }[] }).organizations.map(({ id }) => id);
};

describe('GET /api/v1/organizations', () => {
  it('lists what a person belongs to, with the role', async () => {
    const memberships = [
      { scope: shop.scope, role: 'viewer' },
      { scope: other.scope, role: 'admin' },
    ] as const;
    const { accessToken } = await signInPerson(stack, { memberships: [...memberships] });
    const answer = await stack.call(ORGANIZATIONS, { key: accessToken });
    expect(answer).toMatchObject({ status: 200, body: { total: 2, page: 1, limit: 50 } });
    const { organizations } = answer.body as unknown as { organizations: object[] };
    expect(organizations).toHaveLength(2);
    expect(organizations).toContainEqual(expect.objectContaining({ id: shop.organizationId, role: 'viewer', status: 'active' }));
    expect(organizations).toContainEqual(expect.objectContaining({ id: other.organizationId, role: 'admin' }));
  });

  it('is empty for who belongs nowhere, also for a global administrator', async () => {
    const { accessToken } = await signInPerson(stack, { globalAdmin: true });
    expect((await stack.call(ORGANIZATIONS, { key: accessToken })).body).toEqual({ organizations: [], total: 0, page: 1, limit: 50 });
  });

  it('has the one organization of a key, and all for a system key', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['organization:read'] });
    expect(idsOf(await stack.call(ORGANIZATIONS, { key: apiKey }))).toEqual([shop.organizationId]);
    const ids = idsOf(await stack.call(`${ORGANIZATIONS}?limit=100`, { key: await newSystemKey(stack, ['organization:read']) }));
    expect(ids).toEqual(expect.arrayContaining([shop.organizationId, other.organizationId]));
  });

  it('goes on where a page ended', async () => {
    const key = await newSystemKey(stack, ['organization:read']);
    const first = await stack.call(`${ORGANIZATIONS}?limit=1`, { key });
    const { nextCursor } = first.body as unknown as { nextCursor: string };
    const second = await stack.call(`${ORGANIZATIONS}?limit=1&cursor=${nextCursor}`, { key });
    expect(idsOf(second)).toHaveLength(1);
    expect(idsOf(second)).not.toEqual(idsOf(first));
  });

  it.each(['status=active', 'limit=0', 'page[$gt]=0', 'cursor=x'])('refuses ?%s', async (query) => {
    expectRefusal(await stack.call(`${ORGANIZATIONS}?${query}`, { key: admin.accessToken }), 400, 'validation_failed');
  });
});

describe('the profile', () => {
  const path = () => `${ORGANIZATIONS}/${shop.organizationId}`;
  const put = (body: unknown, key = admin.accessToken) => stack.call(path(), { method: 'PUT', key, body });

  it('is changed field by field, in one spelling; the rest stays', async () => {
    const before = (await stack.call(path(), { key: admin.accessToken })).body;
    const changed = await put({
      name: '  Example Shop ',
      supportEmail: 'Support@Shop.Example',
      website: 'https://shop.example',
      country: 'de',
      timezone: 'Europe/Berlin',
      defaultLocale: 'de_DE',
      logoUrl: 'https://shop.example/logo.svg',
    });
    const profile = {
      name: 'Example Shop',
      supportEmail: 'support@shop.example',
      website: 'https://shop.example',
      country: 'DE',
      timezone: 'Europe/Berlin',
      defaultLocale: 'de-DE',
      logoUrl: 'https://shop.example/logo.svg',
    };
    expect(changed).toMatchObject({ status: 200, body: { ...before, ...profile, updatedAt: expect.any(String) } });

    const cleared = await put({ website: null, logoUrl: '' });
    expect(cleared.body).toMatchObject({ supportEmail: 'support@shop.example', timezone: 'Europe/Berlin' });
    expect(cleared.body).not.toHaveProperty('website');
    expect(cleared.body).not.toHaveProperty('logoUrl');
    expect((await stack.call(path(), { key: admin.accessToken })).body).toEqual(cleared.body);
  });

  it('reaches the other services at once', async () => {
    await put({ name: 'Renamed', supportEmail: 'help@shop.example' });
    const view = await service(stack, ConfigBucket).watch(organizationSnapshot);
    await eventually(() =>
      expect(view.get(shop.organizationId)).toEqual({
        id: shop.organizationId,
        name: 'Renamed',
        status: 'active',
        supportEmail: 'help@shop.example',
      }),
    );
  });

  it('tells the audit log what was changed, and nothing when nothing was', async () => {
    await put({ country: 'AT' });
    await put({ country: 'FR' });
    await put({ country: 'FR' });
    await put({});
    const [latest, earlier] = await deeds(stack, 'organization.updated', shop.organizationId);
    expect(latest).toMatchObject({
      actor: `user:${admin.user.id}`,
      resource: { type: 'organization', id: shop.organizationId },
      changes: [{ field: 'country', before: 'AT', after: 'FR' }],
    });
    expect(earlier?.changes).toContainEqual(expect.objectContaining({ field: 'country', after: 'AT' }));
    expect(await deeds(stack, 'organization.updated')).toEqual([]);
  });

  it.each([
    ['slug', 'other-slug'],
    ['status', 'active'],
    ['id', 'x'],
    ['organizationId', 'x'],
    ['suspensionReason', null],
    ['createdAt', '2020-01-01'],
    ['$set', { status: 'active' }],
    ['name', ''],
    ['name', '   '],
    ['name', null],
    ['name', 'x'.repeat(201)],
    ['name', 'line\nbreak'],
    ['supportEmail', 'nobody'],
    ['website', 'javascript:alert(1)'],
    ['website', 'https://user:pass@shop.example'],
    ['country', 'Germany'],
    ['timezone', 'Europe/Atlantis'],
    ['timezone', '+02:00'],
    ['defaultLocale', 'german!'],
    ['logoUrl', 'data:image/png;base64,AA'],
  ])('refuses %s = %j', async (field, value) => {
    expectRefusal(await put({ [field]: value }), 400, 'validation_failed', field);
  });

  it.each(hostileBodies(['name', 'supportEmail', 'website', 'country', 'timezone', 'defaultLocale', 'logoUrl']))(
    'refuses %s with %s',
    async (field, _name, value) => expectRefusal(await put({ [field]: value }), 400, 'validation_failed', field),
  );

  it('may be changed by a live key with the scope, not by a test key', async () => {
    const scopes = ['organization:update'];
    const live = await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes });
    const test = await stack.newKey(shop.scope, { scopes });
    expect((await put({ country: 'ES' }, live.apiKey)).body).toMatchObject({ country: 'ES' });
    expectRefusal(await put({ country: 'PT' }, test.apiKey), 403, 'live_mode_required');
  });

  it('of another organization is closed, whether it exists or not', async () => {
    for (const id of [other.organizationId, 'f'.repeat(24)]) {
      expectRefusal(await stack.call(`${ORGANIZATIONS}/${id}`, { key: admin.accessToken }), 403, 'not_a_member');
    }
    expectRefusal(await stack.call(`${ORGANIZATIONS}/%7B%22$gt%22:%22%22%7D`, { key: admin.accessToken }), 400, 'organization_required');
  });
});
