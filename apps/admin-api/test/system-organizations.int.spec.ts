import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
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

const ORGANIZATIONS = '/api/v1/system/organizations';

let stack: AdminStack;
let operator: Person;
let systemKey: string;

beforeAll(async () => {
  stack = await AdminStack.start();
  operator = await signInPerson(stack, { globalAdmin: true });
  systemKey = await newSystemKey(stack, ['system:*']);
}, 60_000);
afterAll(async () => stack.stop());

const newSlug = (): string => `org-${newObjectId()}`;
const send = (
  method: string,
  path: string,
  body?: unknown,
  key = operator.accessToken,
  headers?: Record<string, string>,
): Promise<Answer> => stack.call(`${ORGANIZATIONS}${path}`, { method, key, body, headers });
const create = (body: unknown, key?: string, headers?: Record<string, string>): Promise<Answer> => send('POST', '', body, key, headers);
const published = async (id: string, status: string): Promise<void> => {
  const view = await service(stack, ConfigBucket).watch(organizationSnapshot);
  await eventually(() => expect(view.get(id)?.status).toBe(status));
};

describe('creating', () => {
  it('by a person makes the person its first Admin', async () => {
    const slug = newSlug();
    const answer = await create({ name: ' New Shop ', slug, supportEmail: 'Help@Shop.Example' });
    expect(answer).toMatchObject({ status: 201, body: { name: 'New Shop', slug, status: 'active', supportEmail: 'help@shop.example' } });
    const { id } = answer.body;
    const own = await stack.call(`/api/v1/organizations/${id}/members`, { key: operator.accessToken });
    expect(own).toMatchObject({ status: 200, body: { total: 1, members: [{ userId: operator.user.id, role: 'admin' }] } });
    await published(id, 'active');
    for (const chain of ['platform', id]) {
      expect((await deeds(stack, 'organization.created', chain))[0]).toMatchObject({ actor: `user:${operator.user.id}`, resource: { id } });
      expect((await deeds(stack, 'member.added', chain))[0]).toMatchObject({ resource: { id: operator.user.id } });
    }
  });

  it('by a system key leaves it without members', async () => {
    const { status, body } = await create({ name: 'Empty', slug: newSlug() }, systemKey);
    expect(status).toBe(201);
    const key = await newSystemKey(stack, ['organization:read']);
    expect((await stack.call(`/api/v1/organizations/${body.id}/members`, { key })).body).toMatchObject({ total: 0 });
  });

  it('with a slug that is taken is refused, also when two ask at the same time', async () => {
    const slug = newSlug();
    const answers = await Promise.all(Array.from({ length: 4 }, () => create({ name: 'Shop', slug })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const refused of answers.filter(({ status }) => status !== 201)) expectRefusal(refused, 409, 'already_exists', 'slug');
  });

  it('again with the same Idempotency-Key answers the same', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const body = { name: 'Once', slug: newSlug() };
    const [first, again] = [await create(body, undefined, headers), await create(body, undefined, headers)];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it.each([
    ['slug', 'Upper'],
    ['slug', '-shop'],
    ['slug', 'shop.example'],
    ['slug', 'x'.repeat(64)],
    ['slug', ''],
    ['slug', 'shop\n'],
    ['name', ''],
    ['name', 'x'.repeat(201)],
    ['supportEmail', 'nobody'],
    ['id', newObjectId()],
    ['status', 'suspended'],
    ['organizationId', newObjectId()],
  ])('is refused with %s = %j', async (field, value) => {
    expectRefusal(await create({ name: 'Shop', slug: newSlug(), [field]: value }), 400, 'validation_failed', field);
  });

  it.each(hostileBodies(['name', 'slug', 'supportEmail']))('is refused with %s that is %s', async (field, _name, value) => {
    expectRefusal(await create({ name: 'Shop', slug: newSlug(), [field]: value }), 400, 'validation_failed', field);
  });
});

describe('the list', () => {
  it('finds by slug and by status', async () => {
    const merchant = await stack.newMerchant();
    const { slug } = (await send('GET', `/${merchant.organizationId}`)).body as unknown as { slug: string };
    expect((await send('GET', `?slug=${slug}`)).body).toMatchObject({ total: 1, organizations: [{ id: merchant.organizationId }] });
    expect((await send('GET', `?slug=${slug}&status=suspended`)).body).toMatchObject({ total: 0, organizations: [] });
  });

  it.each(['status=gone', 'slug=A', 'status[$ne]=active', 'name=x', 'limit=1000'])('refuses ?%s', async (query) => {
    expectRefusal(await send('GET', `?${query}`), 400, 'validation_failed');
  });
});

describe('the profile', () => {
  it('changed by operators is told in both audit logs', async () => {
    const { organizationId: id } = await stack.newMerchant();
    expect((await send('PUT', `/${id}`, { country: 'se' })).body).toMatchObject({ id, country: 'SE' });
    for (const chain of ['platform', id]) {
      expect((await deeds(stack, 'organization.updated', chain))[0]).toMatchObject({
        resource: { id },
        changes: [{ field: 'country', after: 'SE' }],
      });
    }
  });

  it.each(['slug', 'status', 'suspendedAt', 'suspensionReason'])('has no %s to change', async (field) => {
    const { organizationId: id } = await stack.newMerchant();
    expectRefusal(await send('PUT', `/${id}`, { [field]: 'active' }), 400, 'validation_failed', field);
  });
});

describe('suspension', () => {
  const LIST = '/api/v1/checkouts';
  let merchant: Merchant;
  let liveKey: string;
  let admin: Person;
  const asAdmin = (): Promise<Answer> => stack.call(`/api/v1/organizations/${merchant.organizationId}`, { key: admin.accessToken });

  beforeAll(async () => {
    merchant = await stack.newMerchant();
    liveKey = (await stack.newKey(TenantScope.of(merchant.organizationId, true), {})).apiKey;
    admin = await signInPerson(stack, { memberships: [{ scope: merchant.scope, role: 'admin' }] });
  });

  it('stops keys and members at once, and the other services hear of it', async () => {
    const doors = () => Promise.all([stack.call(LIST, { key: merchant.apiKey }), stack.call(LIST, { key: liveKey }), asAdmin()]);
    expect((await doors()).map(({ status }) => status)).toEqual([200, 200, 200]);
    const answer = await send('POST', `/${merchant.organizationId}/suspend`, { reason: 'Requested by the bank' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'suspended', suspensionReason: 'Requested by the bank' } });
    for (const refused of await doors()) expectRefusal(refused, 403, 'organization_suspended');
    await published(merchant.organizationId, 'suspended');
    for (const chain of ['platform', merchant.organizationId]) {
      const [deed] = await deeds(stack, 'organization.suspended', chain);
      expect(deed).toMatchObject({ actor: `user:${operator.user.id}`, resource: { id: merchant.organizationId } });
      expect(deed?.changes).toContainEqual({ field: 'reason', after: 'Requested by the bank' });
    }
  });

  it('is for operators and the members to see, and stops system keys too', async () => {
    expect((await send('GET', `/${merchant.organizationId}`)).body).toMatchObject({ status: 'suspended' });
    expect((await send('GET', `?status=suspended&limit=100`)).body).toMatchObject({
      organizations: expect.arrayContaining([expect.objectContaining({ id: merchant.organizationId })]),
    });
    const own = await stack.call('/api/v1/organizations', { key: admin.accessToken });
    expect(own.body).toMatchObject({ organizations: [{ id: merchant.organizationId, status: 'suspended' }] });
    const key = await newSystemKey(stack, ['*']);
    const headers = { 'x-organization-id': merchant.organizationId };
    expectRefusal(await stack.call(LIST, { key, headers }), 403, 'organization_suspended');
  });

  it('once more changes nothing, and is not told', async () => {
    const answer = await send('POST', `/${merchant.organizationId}/suspend`, { reason: 'Another reason' });
    expect(answer.body).toMatchObject({ suspensionReason: 'Requested by the bank' });
    expect(await deeds(stack, 'organization.suspended', merchant.organizationId)).toHaveLength(1);
  });

  it('ends: everything works again', async () => {
    const answer = await send('POST', `/${merchant.organizationId}/resume`);
    expect(answer).toMatchObject({ status: 200, body: { status: 'active' } });
    expect(answer.body).not.toHaveProperty('suspendedAt');
    expect(answer.body).not.toHaveProperty('suspensionReason');
    expect((await stack.call(LIST, { key: merchant.apiKey })).status).toBe(200);
    expect((await asAdmin()).status).toBe(200);
    await published(merchant.organizationId, 'active');
    await send('POST', `/${merchant.organizationId}/resume`);
    expect(await deeds(stack, 'organization.resumed')).toHaveLength(1);
  });

  it('needs no body', async () => {
    const { organizationId: id } = await stack.newMerchant();
    expect((await send('POST', `/${id}/suspend`)).body).toMatchObject({ status: 'suspended' });
  });

  it.each([...hostileBodies(['reason']), ['status', 'a text', 'active'] as const])('refuses %s that is %s', async (field, _name, value) => {
    expectRefusal(await send('POST', `/${merchant.organizationId}/suspend`, { [field]: value }), 400, 'validation_failed', field);
  });
});

describe('a member added by operators', () => {
  it('is told in both audit logs; a global administrator gets in this way only', async () => {
    const { organizationId: id } = await stack.newMerchant();
    const own = `/api/v1/organizations/${id}`;
    expectRefusal(await stack.call(own, { key: operator.accessToken }), 403, 'not_a_member');
    const answer = await send('POST', `/${id}/members`, { userId: operator.user.id, role: 'viewer' });
    expect(answer).toMatchObject({ status: 201, body: { userId: operator.user.id, email: operator.user.email, role: 'viewer' } });
    expect((await stack.call(own, { key: operator.accessToken })).status).toBe(200);
    for (const chain of ['platform', id]) {
      expect((await deeds(stack, 'member.added', chain))[0]).toMatchObject({
        actor: `user:${operator.user.id}`,
        resource: { id: operator.user.id },
        changes: [
          { field: 'organizationId', after: id },
          { field: 'role', after: 'viewer' },
        ],
      });
    }
    expectRefusal(await send('POST', `/${id}/members`, { userId: operator.user.id, role: 'admin' }), 409, 'already_exists', 'userId');
  });

  it.each<[string, object, number, string, string | undefined]>([
    ['nobody', { userId: newObjectId(), role: 'admin' }, 404, 'user_not_found', 'userId'],
    ['an id that is none', { userId: 'x', role: 'admin' }, 400, 'validation_failed', 'userId'],
    ['an operator', { userId: { $ne: null }, role: 'admin' }, 400, 'validation_failed', 'userId'],
    ['no role', { userId: newObjectId() }, 400, 'validation_failed', 'role'],
    ['a role that is none', { userId: newObjectId(), role: 'owner' }, 400, 'validation_failed', 'role'],
    ['more than that', { userId: newObjectId(), role: 'admin', globalAdmin: true }, 400, 'validation_failed', 'globalAdmin'],
  ])('with %s is refused', async (_name, body, status, code, field) => {
    const { organizationId: id } = await stack.newMerchant();
    expectRefusal(await send('POST', `/${id}/members`, body), status, code, field);
  });
});

it.each([
  ['GET', ''],
  ['PUT', ''],
  ['POST', '/suspend'],
  ['POST', '/resume'],
  ['POST', '/members'],
])('%s of an organization that does not exist: 404', async (method, end) => {
  const body = method === 'GET' ? undefined : end === '/members' ? { userId: operator.user.id, role: 'viewer' } : {};
  for (const id of [newObjectId(), 'nobody', '%7B%22$gt%22:%22%22%7D']) {
    expectRefusal(await send(method, `/${id}${end}`, body), 404, 'organization_not_found');
  }
});
