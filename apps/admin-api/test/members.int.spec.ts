import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Transactions } from '@paygate/data-kit';
import { newObjectId, TenantScope } from '@paygate/kernel';
import type { Role } from '@paygate/nest-kit';
import { CreateInvitation } from '../src/invitations/create-invitation.js';
import { ChangeRole } from '../src/members/change-role.js';
import { MembersRepository } from '../src/members/index.js';
import { RemoveMember } from '../src/members/remove-member.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { deeds, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { hostileBodies } from './fixture/hostile-values.js';
import { meetOnce } from './fixture/meet-once.js';
import { signInPerson } from './fixture/people.js';
import type { Person } from './fixture/people.js';
import { suspend } from './fixture/suspension.js';
import { newSystemKey } from './fixture/system-keys.js';

interface MemberBody {
  userId: string;
  email: string;
  displayName: string;
  role: Role;
  since: string;
}

let stack: AdminStack;
let shop: Merchant;
let admin: Person;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
  admin = await join(shop, 'admin');
}, 60_000);
afterAll(async () => stack.stop());

const join = (merchant: Merchant, role: Role): Promise<Person> => signInPerson(stack, { memberships: [{ scope: merchant.scope, role }] });
const path = ({ organizationId }: Merchant, userId = ''): string =>
  `/api/v1/organizations/${organizationId}/members${userId === '' ? '' : `/${userId}`}`;
const list = async (merchant: Merchant, { accessToken }: Person): Promise<MemberBody[]> =>
  ((await stack.call(path(merchant), { key: accessToken })).body as unknown as { members: MemberBody[] }).members;
const give = (merchant: Merchant, by: Person | string, to: Person, role: unknown): Promise<Answer> =>
  stack.call(path(merchant, to.user.id), { method: 'PATCH', key: typeof by === 'string' ? by : by.accessToken, body: { role } });
const remove = (merchant: Merchant, by: Person, whom: string): Promise<Answer> =>
  stack.call(path(merchant, whom), { method: 'DELETE', key: by.accessToken });
const rolesIn = async (merchant: Merchant): Promise<Role[]> =>
  (await service(stack, MembersRepository).findPage(merchant.scope, { page: 1, limit: 100 })).items.map(({ role }) => role);
/** Something only Admins may do. */
const readInvitations = ({ accessToken }: Person, { organizationId }: Merchant): Promise<Answer> =>
  stack.call(`/api/v1/organizations/${organizationId}/invitations`, { key: accessToken });

describe('the list', () => {
  it('has every member with name, address, role and since when', async () => {
    const mine = await stack.newMerchant();
    const people = [await join(mine, 'admin'), await join(mine, 'viewer')];
    const members = await list(mine, people[1]!);
    expect(members.map(({ role }) => role).sort()).toEqual(['admin', 'viewer']);
    for (const { user } of people) {
      const found = members.find(({ userId }) => userId === user.id);
      expect(found).toMatchObject({ email: user.email, displayName: 'Person' });
      expect(Math.abs(Date.now() - Date.parse(found?.since ?? ''))).toBeLessThan(60_000);
    }
  });

  it('has nothing more of a person', async () => {
    const [member] = await list(shop, admin);
    expect(Object.keys(member ?? {}).sort()).toEqual(['displayName', 'email', 'role', 'since', 'userId']);
  });
});

describe('a role', () => {
  it.each<[Role, Role]>([
    ['viewer', 'editor'],
    ['viewer', 'admin'],
    ['editor', 'viewer'],
    ['admin', 'viewer'],
  ])('of a member goes from %s to %s and is told', async (from, to) => {
    const member = await join(shop, from);
    expect(await give(shop, admin, member, to)).toMatchObject({
      status: 200,
      body: { userId: member.user.id, email: member.user.email, role: to },
    });
    const [deed] = await deeds(stack, 'member.role_changed', shop.organizationId);
    expect(deed).toMatchObject({
      actor: `user:${admin.user.id}`,
      resource: { type: 'member', id: member.user.id, name: member.user.email },
      changes: [{ field: 'role', before: from, after: to }],
    });
  });

  it('counts with the next request, both ways', async () => {
    const member = await join(shop, 'viewer');
    expectRefusal(await readInvitations(member, shop), 403, 'insufficient_role');
    await give(shop, admin, member, 'admin');
    expect((await readInvitations(member, shop)).status).toBe(200);
    await give(shop, admin, member, 'editor');
    expectRefusal(await readInvitations(member, shop), 403, 'insufficient_role');
  });

  it('given again changes nothing and is not told', async () => {
    const member = await join(shop, 'editor');
    expect((await give(shop, admin, member, 'editor')).status).toBe(200);
    const told = await deeds(stack, 'member.role_changed', shop.organizationId);
    expect(told.filter(({ resource }) => resource.id === member.user.id)).toEqual([]);
  });

  it('is not changed by its owner', async () => {
    expectRefusal(await give(shop, admin, admin, 'viewer'), 403, 'own_role');
    expectRefusal(await give(shop, admin, admin, 'admin'), 403, 'own_role');
  });

  it.each(['viewer', 'editor'] as const)('is not given by a member who is %s', async (role) => {
    const [giver, other] = [await join(shop, role), await join(shop, 'viewer')];
    expectRefusal(await give(shop, giver, other, 'admin'), 403, 'insufficient_role');
  });

  it.each([['owner'], ['Admin'], [''], [null], ['admin\u0000'], ['*']])('%j is none', async (role) => {
    expectRefusal(await give(shop, admin, await join(shop, 'viewer'), role), 400, 'validation_failed', 'role');
  });

  it.each(hostileBodies(['role']))('refuses %s with %s', async (_field, _name, value) => {
    expectRefusal(await give(shop, admin, admin, value), 400, 'validation_failed', 'role');
  });

  it.each(['organizationId', 'userId', 'globalAdmin', 'scopes'])('comes alone: %s is refused', async (field) => {
    const body = { role: 'viewer', [field]: 'x' };
    const answer = await stack.call(path(shop, admin.user.id), { method: 'PATCH', key: admin.accessToken, body });
    expectRefusal(answer, 400, 'validation_failed', field);
  });

  it.each(['nobody', '%7B%22$gt%22:%22%22%7D', newObjectId()])('of %s cannot be changed', async (id) => {
    const answer = await stack.call(path(shop, id), { method: 'PATCH', key: admin.accessToken, body: { role: 'viewer' } });
    expectRefusal(answer, 404, 'member_not_found');
  });

  it('of a member of another organization cannot be changed', async () => {
    const other = await stack.newMerchant();
    const stranger = await join(other, 'viewer');
    expectRefusal(await give(shop, admin, stranger, 'admin'), 404, 'member_not_found');
    expectRefusal(await remove(shop, admin, stranger.user.id), 404, 'member_not_found');
    expect(await rolesIn(other)).toEqual(['viewer']);
  });

  it('is given by a key only when the key may do all of it', async () => {
    const member = await join(shop, 'viewer');
    const tenant = TenantScope.of(shop.organizationId, true);
    const { apiKey: narrow } = await stack.newKey(tenant, { scopes: ['organization:update'] });
    for (const role of ['admin', 'editor', 'viewer']) {
      expectRefusal(await give(shop, narrow, member, role), 403, 'scope_not_grantable');
    }
    expectRefusal(await give(shop, await newSystemKey(stack, ['organization:*']), member, 'admin'), 403, 'scope_not_grantable');
    const { apiKey: whole } = await stack.newKey(tenant, { scopes: ['*'] });
    expect((await give(shop, whole, member, 'editor')).status).toBe(200);
  });
});

describe('the last Admin', () => {
  it('keeps the role and stays', async () => {
    const mine = await stack.newMerchant();
    const only = await join(mine, 'admin');
    await join(mine, 'editor');
    const { apiKey } = await stack.newKey(TenantScope.of(mine.organizationId, true), { scopes: ['*'] });
    expectRefusal(await give(mine, apiKey, only, 'editor'), 409, 'last_admin');
    expectRefusal(await remove(mine, only, only.user.id), 409, 'last_admin');
    expectRefusal(await remove(mine, only, 'me'), 409, 'last_admin');
    expect((await rolesIn(mine)).sort()).toEqual(['admin', 'editor']);
  });

  it('is left when two transactions each rely on whom the other one demotes', async () => {
    const mine = await stack.newMerchant();
    const admins = [await join(mine, 'admin'), await join(mine, 'admin')];
    const members = service(stack, MembersRepository);
    const bothHaveLooked = meetOnce(2);
    const demotions = admins.map(({ user }) =>
      service(stack, Transactions).run(async (session) => {
        const another = await members.holdOtherAdmin(mine.scope, user.id, session);
        await bothHaveLooked();
        if (another) await members.setRole(mine.scope, user.id, 'viewer', session);
        return another;
      }),
    );
    expect((await Promise.all(demotions)).sort()).toEqual([false, true]);
    expect((await rolesIn(mine)).sort()).toEqual(['admin', 'viewer']);
  });

  it.each([1, 2, 3])('is left when two Admins demote each other at the same time (round %d)', async () => {
    const mine = await stack.newMerchant();
    const [ada, bob] = [await join(mine, 'admin'), await join(mine, 'admin')];
    const answers = await Promise.all([give(mine, ada, bob, 'viewer'), give(mine, bob, ada, 'viewer')]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200);
    // Depending on who reads first: no Admin any more, or the last one meant.
    expect(['insufficient_role', 'last_admin']).toContain(refused?.body.code);
    expect((await rolesIn(mine)).sort()).toEqual(['admin', 'viewer']);
  });

  it.each([1, 2, 3])('is left when many Admins leave or remove each other at the same time (round %d)', async () => {
    const mine = await stack.newMerchant();
    const admins = await Promise.all(Array.from({ length: 5 }, () => join(mine, 'admin')));
    const answers = await Promise.all([
      ...admins.map((person) => remove(mine, person, 'me')),
      ...admins.map((person, i) => remove(mine, person, admins[(i + 1) % admins.length]!.user.id)),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    const roles = await rolesIn(mine);
    expect(roles.length).toBeGreaterThanOrEqual(1);
    expect(roles).toContain('admin');
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(5 - roles.length);
  });
});

describe('a member', () => {
  it('who is removed is out with the next request', async () => {
    const member = await join(shop, 'editor');
    expect((await list(shop, member)).length).toBeGreaterThan(0);
    expect((await remove(shop, admin, member.user.id)).status).toBe(204);
    expectRefusal(await stack.call(path(shop), { key: member.accessToken }), 403, 'not_a_member');
    expect((await deeds(stack, 'member.removed', shop.organizationId))[0]).toMatchObject({
      actor: `user:${admin.user.id}`,
      resource: { id: member.user.id, name: member.user.email },
      changes: [{ field: 'role', before: 'editor' }],
    });
    expectRefusal(await remove(shop, admin, member.user.id), 404, 'member_not_found');
  });

  it.each(['viewer', 'editor', 'admin'] as const)('who is %s may leave', async (role) => {
    const member = await join(shop, role);
    expect((await remove(shop, member, 'me')).status).toBe(204);
    expectRefusal(await stack.call(path(shop), { key: member.accessToken }), 403, 'not_a_member');
    expect((await deeds(stack, 'member.removed', shop.organizationId))[0]).toMatchObject({ actor: `user:${member.user.id}` });
    expectRefusal(await remove(shop, member, 'me'), 404, 'member_not_found');
  });

  it('may leave an organization that is suspended, but nothing else there', async () => {
    const mine = await stack.newMerchant();
    const [boss, member] = [await join(mine, 'admin'), await join(mine, 'viewer')];
    await suspend(stack, mine.scope);
    expectRefusal(await remove(mine, boss, member.user.id), 403, 'organization_suspended');
    expect((await remove(mine, member, 'me')).status).toBe(204);
  });

  it('does not remove others without being an Admin', async () => {
    const member = await join(shop, 'editor');
    expectRefusal(await remove(shop, member, admin.user.id), 403, 'insufficient_role');
  });

  it('who was demoted a moment ago decides nothing, even where still remembered as an Admin', async () => {
    const mine = await stack.newMerchant();
    const [ada, bob, eve] = [await join(mine, 'admin'), await join(mine, 'admin'), await join(mine, 'viewer')];
    await give(mine, ada, bob, 'editor');
    // What the guards of an instance make of Bob that has not heard of it yet.
    const { id, email, displayName: name } = bob.user;
    const principal = { kind: 'user', id, name, email, sessionId: newObjectId(), globalAdmin: false } as const;
    const remembered = { principal, scope: mine.scope, role: 'admin', scopes: ['*'] } as const;
    const refused = { code: 'insufficient_role' };
    await expect(service(stack, ChangeRole).execute(remembered, mine.scope, eve.user.id, 'admin')).rejects.toMatchObject(refused);
    await expect(service(stack, RemoveMember).execute(remembered, mine.scope, ada.user.id)).rejects.toMatchObject(refused);
    const invitation = { email: 'friend@example.com', role: 'admin' } as const;
    await expect(service(stack, CreateInvitation).execute(remembered, mine.scope, invitation)).rejects.toMatchObject(refused);
  });
});
