import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import { newObjectId, TenantScope } from '@paygate/kernel';
import type { Role } from '@paygate/nest-kit';
import type { Connection } from 'mongoose';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { deeds, rewrite } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { hostileBodies } from './fixture/hostile-values.js';
import { signInPerson } from './fixture/people.js';
import type { Person } from './fixture/people.js';
import { resume, suspend } from './fixture/suspension.js';
import { newSystemKey } from './fixture/system-keys.js';

interface InvitationBody {
  id: string;
  email: string;
  role?: Role;
  globalAdmin?: boolean;
  expiresAt: string;
  invitationUrl: string;
}

const ACCEPT = '/api/v1/invitations/accept';
const PLATFORM = '/api/v1/system/invitations';
const DAY_MS = 24 * 3600 * 1000;

let stack: AdminStack;
let shop: Merchant;
let admin: Person;
let operator: Person;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
  admin = await signInPerson(stack, { memberships: [{ scope: shop.scope, role: 'admin' }] });
  operator = await signInPerson(stack, { globalAdmin: true });
}, 60_000);
afterAll(async () => stack.stop());

const newAddress = (): string => `${newObjectId()}@example.com`;
const pathOf = ({ organizationId }: Merchant): string => `/api/v1/organizations/${organizationId}/invitations`;
const post = (path: string, body: unknown, { accessToken: key }: Person, headers?: Record<string, string>): Promise<Answer> =>
  stack.call(path, { method: 'POST', key, body, headers });
const invite = (email: string, role: Role = 'editor', merchant = shop, by = admin): Promise<Answer> =>
  post(pathOf(merchant), { email, role }, by);
const made = (answer: Answer): InvitationBody => {
  expect(answer.status).toBe(201);
  return answer.body as unknown as InvitationBody;
};
const tokenOf = ({ invitationUrl }: Pick<InvitationBody, 'invitationUrl'>): string =>
  new URL(invitationUrl).hash.slice('#invitation='.length);
const tokenFor = async (email: string, role?: Role): Promise<string> => tokenOf(made(await invite(email, role)));
const accept = (person: Person, token: unknown): Promise<Answer> => post(ACCEPT, { token }, person);
const open = async (path: string, { accessToken: key }: Person): Promise<InvitationBody[]> =>
  ((await stack.call(`${path}?limit=100`, { key })).body as unknown as { invitations: InvitationBody[] }).invitations;
const members = ({ organizationId }: Merchant, { accessToken: key }: Person): Promise<Answer> =>
  stack.call(`/api/v1/organizations/${organizationId}/members`, { key });

describe('an invitation into an organization', () => {
  it('answers what was offered and a link that is shown this once', async () => {
    const email = newAddress();
    const invitation = made(await invite(email.toUpperCase(), 'viewer'));
    expect(invitation).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{24}$/), email, role: 'viewer' });
    expect(Math.abs(Date.parse(invitation.expiresAt) - Date.now() - 7 * DAY_MS)).toBeLessThan(60_000);
    expect(invitation.invitationUrl).toMatch(/^http:\/\/localhost:3001\/sign-in#invitation=[A-Za-z0-9]{43}$/);

    const listed = (await open(pathOf(shop), admin)).find(({ id }) => id === invitation.id);
    expect(listed).toMatchObject({ email, role: 'viewer', expiresAt: invitation.expiresAt });
    expect(JSON.stringify(listed)).not.toContain(tokenOf(invitation));
    const [deed] = await deeds(stack, 'invitation.created', shop.organizationId);
    expect(deed).toMatchObject({ actor: `user:${admin.user.id}`, resource: { type: 'invitation', id: invitation.id, name: email } });
    expect(JSON.stringify(deed)).not.toContain(tokenOf(invitation));
  });

  it('is stored without its token, also by the memory of repeated requests', async () => {
    const answer = await post(pathOf(shop), { email: newAddress(), role: 'viewer' }, admin, { 'idempotency-key': newObjectId() });
    const token = tokenOf(made(answer));
    const database = stack.app.get<Connection>(getConnectionToken(), { strict: false });
    const names = (await database.listCollections()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['invitations', 'idempotency_keys', 'audit_entries']));
    for (const name of names) {
      const rows = await database.collection(name).find().toArray();
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  it('sent again with the same Idempotency-Key is the same invitation', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const body = { email: newAddress(), role: 'viewer' };
    const [first, again] = [await post(pathOf(shop), body, admin, headers), await post(pathOf(shop), body, admin, headers)];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expectRefusal(await post(pathOf(shop), { ...body, role: 'admin' }, admin, headers), 422, 'idempotency_key_reused');
  });

  it('to somebody who is a member already is refused', async () => {
    expectRefusal(await invite(admin.user.email.toUpperCase()), 409, 'already_exists', 'email');
  });

  it('replaces the older one to the same address', async () => {
    const person = await signInPerson(stack);
    const older = made(await invite(person.user.email, 'admin'));
    const newer = made(await invite(person.user.email, 'viewer'));
    expect((await open(pathOf(shop), admin)).map(({ id }) => id)).not.toContain(older.id);
    expectRefusal(await accept(person, tokenOf(older)), 404, 'invitation_invalid');
    expect((await deeds(stack, 'invitation.withdrawn', shop.organizationId))[0]).toMatchObject({ resource: { id: older.id } });
    expect((await accept(person, tokenOf(newer))).body).toEqual({ organizationId: shop.organizationId, role: 'viewer' });
  });

  it('is one, also when several invite the same address at the same time', async () => {
    const email = newAddress();
    const answers = await Promise.all(Array.from({ length: 5 }, () => invite(email)));
    expect(answers.map(({ status }) => status).filter((status) => ![201, 409].includes(status))).toEqual([]);
    expect((await open(pathOf(shop), admin)).filter((invitation) => invitation.email === email)).toHaveLength(1);
  });

  it('is withdrawn once, by its own organization only', async () => {
    const person = await signInPerson(stack);
    const invitation = made(await invite(person.user.email));
    const other = await stack.newMerchant();
    const stranger = await signInPerson(stack, { memberships: [{ scope: other.scope, role: 'admin' }] });
    const withdraw = (path: string, { accessToken: key }: Person) => stack.call(`${path}/${invitation.id}`, { method: 'DELETE', key });
    expectRefusal(await withdraw(pathOf(other), stranger), 404, 'invitation_not_found');
    expectRefusal(await withdraw(PLATFORM, operator), 404, 'invitation_not_found');
    expect((await withdraw(pathOf(shop), admin)).status).toBe(204);
    expectRefusal(await withdraw(pathOf(shop), admin), 404, 'invitation_not_found');
    expectRefusal(await accept(person, tokenOf(invitation)), 404, 'invitation_invalid');
  });

  it.each(['viewer', 'editor'] as const)('is neither made nor read by a member who is %s', async (role) => {
    const member = await signInPerson(stack, { memberships: [{ scope: shop.scope, role }] });
    expectRefusal(await invite(newAddress(), 'viewer', shop, member), 403, 'insufficient_role');
    expectRefusal(await stack.call(pathOf(shop), { key: member.accessToken }), 403, 'insufficient_role');
  });

  it('by a key offers only roles whose scopes the key holds', async () => {
    const tenant = TenantScope.of(shop.organizationId, true);
    const { apiKey: narrow } = await stack.newKey(tenant, { scopes: ['organization:update'] });
    const { apiKey: whole } = await stack.newKey(tenant, { scopes: ['*'] });
    const by = (key: string) => stack.call(pathOf(shop), { method: 'POST', key, body: { email: newAddress(), role: 'admin' } });
    expectRefusal(await by(narrow), 403, 'scope_not_grantable');
    expect((await by(whole)).status).toBe(201);
  });

  it.each([
    ['email', 'nobody'],
    ['email', ''],
    ['email', `${'x'.repeat(250)}@example.com`],
    ['email', 'a@example.com, b@example.com'],
    ['role', 'owner'],
    ['role', null],
    ['organizationId', newObjectId()],
    ['globalAdmin', true],
    ['expiresAt', '2099-01-01T00:00:00Z'],
    ['scopes', ['*']],
    ['tokenHash', 'x'],
  ])('is refused with %s = %j', async (field, value) => {
    expectRefusal(
      await post(pathOf(shop), { email: newAddress(), role: 'viewer', [field]: value }, admin),
      400,
      'validation_failed',
      field,
    );
  });

  it.each(hostileBodies(['email', 'role']))('is refused with %s that is %s', async (field, _name, value) => {
    expectRefusal(
      await post(pathOf(shop), { email: newAddress(), role: 'viewer', [field]: value }, admin),
      400,
      'validation_failed',
      field,
    );
  });
});

describe('accepting', () => {
  it.each(['viewer', 'editor', 'admin'] as const)('makes a member with the role %s, at once', async (role) => {
    const person = await signInPerson(stack);
    const token = await tokenFor(person.user.email, role);
    expectRefusal(await members(shop, person), 403, 'not_a_member');
    expect(await accept(person, token)).toMatchObject({ status: 200, body: { organizationId: shop.organizationId, role } });
    expect((await members(shop, person)).status).toBe(200);
    const actor = `user:${person.user.id}`;
    expect((await deeds(stack, 'invitation.accepted', shop.organizationId))[0]).toMatchObject({
      actor,
      resource: { name: person.user.email },
    });
    expect((await deeds(stack, 'member.added', shop.organizationId))[0]).toMatchObject({
      actor,
      changes: [{ field: 'role', after: role }],
    });
  });

  it('works once: a replay is told so, to its guest only', async () => {
    const [person, other] = [await signInPerson(stack), await signInPerson(stack)];
    const token = await tokenFor(person.user.email);
    expect((await accept(person, token)).status).toBe(200);
    expectRefusal(await accept(person, token), 410, 'invitation_used');
    expectRefusal(await accept(other, token), 404, 'invitation_invalid');
  });

  it('works once, also when it is sent ten times at the same time', async () => {
    const person = await signInPerson(stack);
    const token = await tokenFor(person.user.email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(person, token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 410 && body.code === 'invitation_used')).toHaveLength(9);
    expect(await deeds(stack, 'member.added', shop.organizationId)).toContainEqual(
      expect.objectContaining({ resource: expect.objectContaining({ id: person.user.id }) }),
    );
  });

  it('does not bring back who was removed: the link is used up', async () => {
    const person = await signInPerson(stack);
    const token = await tokenFor(person.user.email);
    await accept(person, token);
    await stack.call(`/api/v1/organizations/${shop.organizationId}/members/${person.user.id}`, {
      method: 'DELETE',
      key: admin.accessToken,
    });
    expectRefusal(await accept(person, token), 410, 'invitation_used');
    expectRefusal(await members(shop, person), 403, 'not_a_member');
  });

  it('is for the invited address alone', async () => {
    const [person, thief] = [await signInPerson(stack), await signInPerson(stack)];
    const token = await tokenFor(person.user.email, 'admin');
    expectRefusal(await accept(thief, token), 404, 'invitation_invalid');
    expectRefusal(await members(shop, thief), 403, 'not_a_member');
    expect((await accept(person, token)).status).toBe(200);
  });

  it('is too late after seven days', async () => {
    const person = await signInPerson(stack);
    const invitation = made(await invite(person.user.email));
    await rewrite(stack, 'invitations', { _id: invitation.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expectRefusal(await accept(person, tokenOf(invitation)), 404, 'invitation_invalid');
    expect((await open(pathOf(shop), admin)).map(({ id }) => id)).not.toContain(invitation.id);
    // Another one can be made in its place.
    expect((await invite(person.user.email)).status).toBe(201);
  });

  it('waits while the organization is suspended', async () => {
    const mine = await stack.newMerchant();
    const boss = await signInPerson(stack, { memberships: [{ scope: mine.scope, role: 'admin' }] });
    const person = await signInPerson(stack);
    const token = tokenOf(made(await invite(person.user.email, 'viewer', mine, boss)));
    await suspend(stack, mine.scope);
    expectRefusal(await accept(person, token), 403, 'organization_suspended');
    await resume(stack, mine.scope);
    expect((await accept(person, token)).status).toBe(200);
  });

  it('is refused to who has become a member in the meantime', async () => {
    const person = await signInPerson(stack);
    const token = await tokenFor(person.user.email, 'admin');
    const body = { userId: person.user.id, role: 'viewer' };
    await post(`/api/v1/system/organizations/${shop.organizationId}/members`, body, operator);
    expectRefusal(await accept(person, token), 409, 'already_exists');
    expect((await stack.call('/api/v1/organizations', { key: person.accessToken })).body).toMatchObject({
      organizations: [{ role: 'viewer' }],
    });
  });

  it('is not for keys', async () => {
    const { apiKey } = await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes: ['*'] });
    const body = { token: await tokenFor(newAddress()) };
    expectRefusal(await stack.call(ACCEPT, { method: 'POST', key: apiKey, body }), 403, 'user_required');
  });

  it.each(['role', 'organizationId', 'email', 'userId', 'globalAdmin'])('takes the token alone: %s is refused', async (field) => {
    const person = await signInPerson(stack);
    const body = { token: await tokenFor(person.user.email, 'viewer'), [field]: 'admin' };
    expectRefusal(await post(ACCEPT, body, person), 400, 'validation_failed', field);
    expectRefusal(await members(shop, person), 403, 'not_a_member');
  });

  it.each(hostileBodies(['token']))('refuses %s that is %s', async (_field, _name, value) => {
    expectRefusal(await accept(admin, value), 400, 'validation_failed', 'token');
  });

  it.each(['x', 'x'.repeat(43), 'a.b.c', '../../x'])('knows no token %s', async (token) => {
    expectRefusal(await accept(admin, token), 404, 'invitation_invalid');
  });
});

describe('an invitation to the platform', () => {
  const inviteTo = (body: object, by = operator): Promise<Answer> => post(PLATFORM, body, by);

  it('stands in a list of its own', async () => {
    const [email, other] = [newAddress(), newAddress()];
    const invitation = made(await inviteTo({ email: email.toUpperCase() }));
    expect(invitation).toMatchObject({ email, globalAdmin: false });
    expect(invitation).not.toHaveProperty('role');
    await invite(other);
    const addresses = (await open(PLATFORM, operator)).map((row) => row.email);
    expect(addresses).toContain(email);
    expect(addresses).not.toContain(other);
    expect((await open(pathOf(shop), admin)).map((row) => row.email)).not.toContain(email);
    expect((await deeds(stack, 'invitation.created'))[0]).toMatchObject({ actor: `user:${operator.user.id}`, resource: { name: email } });
  });

  it('makes a global administrator of who got an account in the meantime', async () => {
    const email = newAddress();
    const token = tokenOf(made(await inviteTo({ email, globalAdmin: true })));
    const person = await signInPerson(stack, { email });
    expectRefusal(await stack.call(PLATFORM, { key: person.accessToken }), 403, 'platform_access_required');
    expect((await accept(person, token)).body).toEqual({ globalAdmin: true });
    expect((await stack.call(PLATFORM, { key: person.accessToken })).status).toBe(200);
    expect((await deeds(stack, 'user.updated'))[0]).toMatchObject({
      resource: { id: person.user.id },
      changes: [{ field: 'globalAdmin', before: false, after: true }],
    });
  });

  it('without more gives an account nothing', async () => {
    const email = newAddress();
    const token = tokenOf(made(await inviteTo({ email })));
    const person = await signInPerson(stack, { email });
    expect((await accept(person, token)).body).toEqual({ globalAdmin: false });
    expectRefusal(await stack.call(PLATFORM, { key: person.accessToken }), 403, 'platform_access_required');
  });

  it('to somebody who has an account is refused', async () => {
    expectRefusal(await inviteTo({ email: admin.user.email }), 409, 'already_exists', 'email');
  });

  it('is withdrawn', async () => {
    const invitation = made(await inviteTo({ email: newAddress() }));
    const withdraw = () => stack.call(`${PLATFORM}/${invitation.id}`, { method: 'DELETE', key: operator.accessToken });
    expect((await withdraw()).status).toBe(204);
    expectRefusal(await withdraw(), 404, 'invitation_not_found');
  });

  it('may be made with a system key', async () => {
    const key = await newSystemKey(stack, ['system:execute']);
    expect((await stack.call(PLATFORM, { method: 'POST', key, body: { email: newAddress() } })).status).toBe(201);
  });

  it.each([
    ['email', 'nobody'],
    ['globalAdmin', 'true'],
    ['globalAdmin', 1],
    ['globalAdmin', { $ne: false }],
    ['role', 'admin'],
    ['organizationId', newObjectId()],
  ])('is refused with %s = %j', async (field, value) => {
    expectRefusal(await inviteTo({ email: newAddress(), [field]: value }), 400, 'validation_failed', field);
  });
});
