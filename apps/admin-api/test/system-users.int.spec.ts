import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Transactions } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { UsersRepository } from '../src/users/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { deeds, rewrite, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { hostileBodies } from './fixture/hostile-values.js';
import { meetOnce } from './fixture/meet-once.js';
import { signInPerson } from './fixture/people.js';
import type { Person } from './fixture/people.js';
import { newSystemKey } from './fixture/system-keys.js';

interface UserBody {
  id: string;
  email: string;
  globalAdmin: boolean;
  disabled: boolean;
}

const USERS = '/api/v1/system/users';

let stack: AdminStack;
let shop: Merchant;
let operator: Person;
let systemKey: string;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
  operator = await signInPerson(stack, { globalAdmin: true });
  systemKey = await newSystemKey(stack, ['system:*']);
}, 60_000);
afterAll(async () => stack.stop());

const get = (path = '', key = operator.accessToken): Promise<Answer> => stack.call(`${USERS}${path}`, { key });
const change = (whom: string, body: unknown, by: string = operator.accessToken): Promise<Answer> =>
  stack.call(`${USERS}/${whom}`, { method: 'PATCH', key: by, body });
const list = async (query: string): Promise<UserBody[]> =>
  ((await get(`?limit=100&${query}`)).body as unknown as { users: UserBody[] }).users;
const me = ({ accessToken: key }: Person): Promise<Answer> => stack.call('/api/v1/auth/login/check', { key });

describe('the list of people', () => {
  it('finds by address, whatever its case', async () => {
    const { user } = await signInPerson(stack);
    expect(await list(`email=${user.email.toUpperCase()}`)).toEqual([
      {
        id: user.id,
        email: user.email,
        displayName: 'Person',
        globalAdmin: false,
        disabled: false,
        createdAt: user.createdAt.toISOString(),
      },
    ]);
    expect(await list('email=nobody@example.com')).toEqual([]);
  });

  it('finds global administrators and who is disabled', async () => {
    const [plain, chief, gone] = [await signInPerson(stack), await signInPerson(stack, { globalAdmin: true }), await signInPerson(stack)];
    await change(gone.user.id, { disabled: true });
    const ids = async (query: string) => (await list(query)).map(({ id }) => id);
    expect(await ids('globalAdmin=true')).toEqual(expect.arrayContaining([chief.user.id, operator.user.id]));
    expect(await ids('globalAdmin=true')).not.toContain(plain.user.id);
    expect(await ids('disabled=true')).toContain(gone.user.id);
    expect(await ids('disabled=false')).not.toContain(gone.user.id);
    expect(await ids('globalAdmin=false&disabled=false')).toContain(plain.user.id);
    await change(chief.user.id, { globalAdmin: false });
  });

  it.each([
    'email=nobody',
    'globalAdmin=yes',
    'globalAdmin=1',
    'disabled[$ne]=true',
    'email[$gt]=',
    'role=admin',
    'disabled=true&disabled=false',
  ])('refuses ?%s', async (query) => expectRefusal(await get(`?${query}`), 400, 'validation_failed'));
});

describe('a person', () => {
  it('is shown with what they belong to', async () => {
    const { user } = await signInPerson(stack, { memberships: [{ scope: shop.scope, role: 'editor' }] });
    expect((await get(`/${user.id}`)).body).toMatchObject({
      id: user.id,
      email: user.email,
      memberships: [{ organizationId: shop.organizationId, role: 'editor' }],
    });
  });

  it.each([newObjectId(), 'nobody', '%7B%22$gt%22:%22%22%7D'])('%s is not there', async (id) => {
    expectRefusal(await get(`/${id}`), 404, 'user_not_found');
    expectRefusal(await change(id, { disabled: true }), 404, 'user_not_found');
  });
});

describe('a global administrator', () => {
  it('is made and unmade with effect at once', async () => {
    const person = await signInPerson(stack);
    expectRefusal(await get('', person.accessToken), 403, 'platform_access_required');
    expect((await change(person.user.id, { globalAdmin: true })).body).toMatchObject({ id: person.user.id, globalAdmin: true });
    expect((await get('', person.accessToken)).status).toBe(200);
    await change(person.user.id, { globalAdmin: false });
    expectRefusal(await get('', person.accessToken), 403, 'platform_access_required');
    expect((await deeds(stack, 'user.updated')).slice(0, 2)).toMatchObject([
      { resource: { id: person.user.id, name: person.user.email }, changes: [{ field: 'globalAdmin', before: true, after: false }] },
      { actor: `user:${operator.user.id}`, changes: [{ field: 'globalAdmin', before: false, after: true }] },
    ]);
  });

  it.each([{ globalAdmin: false }, { disabled: true }, { globalAdmin: true }])('does not change their own standing: %j', async (body) => {
    expectRefusal(await change(operator.user.id, body), 403, 'own_role');
  });

  it.each([{ globalAdmin: false }, { disabled: true }])('who is the last one stays one: %j', async (body) => {
    expectRefusal(await change(operator.user.id, body, systemKey), 409, 'last_admin');
    expect((await get('')).status).toBe(200);
  });

  it('who is disabled does not count as the one who is left', async () => {
    const other = await signInPerson(stack, { globalAdmin: true });
    await change(other.user.id, { disabled: true });
    expectRefusal(await change(operator.user.id, { globalAdmin: false }, systemKey), 409, 'last_admin');
    await change(other.user.id, { globalAdmin: false });
  });

  describe('is left', () => {
    const standings = async (people: Person[]): Promise<boolean[]> => {
      const found = await service(stack, UsersRepository).findManyForOperators(people.map(({ user }) => user.id));
      return found.map(({ globalAdmin, disabledAt }) => globalAdmin && disabledAt === undefined).sort();
    };
    /** Two who are the only ones. */
    const theOnlyTwo = async (): Promise<[Person, Person]> => {
      await rewrite(stack, 'users', {}, { $set: { globalAdmin: false } });
      return [await signInPerson(stack, { globalAdmin: true }), await signInPerson(stack, { globalAdmin: true })];
    };

    it.each([{ globalAdmin: false }, { disabled: true }])('when two do this to each other at the same time: %j', async (body) => {
      const [ada, bob] = await theOnlyTwo();
      const answers = await Promise.all([change(bob.user.id, body, ada.accessToken), change(ada.user.id, body, bob.accessToken)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(['last_admin', 'platform_access_required', 'user_disabled', 'session_ended']).toContain(
        answers.find(({ status }) => status !== 200)?.body.code,
      );
      expect(await standings([ada, bob])).toEqual([false, true]);
    });

    it('when two transactions each rely on whom the other one demotes', async () => {
      const people = await theOnlyTwo();
      const users = service(stack, UsersRepository);
      const bothHaveLooked = meetOnce(2);
      const demotions = people.map(({ user }) =>
        service(stack, Transactions).run(async (session) => {
          const another = await users.holdOtherGlobalAdminForOperators(user.id, session);
          await bothHaveLooked();
          if (another) await users.updateStandingForOperators(user.id, { globalAdmin: false }, new Date(), session);
          return another;
        }),
      );
      expect((await Promise.all(demotions)).sort()).toEqual([false, true]);
      expect(await standings(people)).toEqual([false, true]);
    });

    afterAll(() => rewrite(stack, 'users', { _id: operator.user.id }, { $set: { globalAdmin: true } }));
  });
});

describe('who is disabled', () => {
  it('is out with the next request, in every session, and comes back by signing in anew', async () => {
    const person = await signInPerson(stack, { memberships: [{ scope: shop.scope, role: 'viewer' }] });
    expect((await me(person)).status).toBe(200);
    const answer = await change(person.user.id, { disabled: true });
    expect(answer.body).toMatchObject({ disabled: true, disabledAt: expect.any(String) });
    expect([401, 403]).toContain((await me(person)).status);
    const cookie = `paygate_refresh=${person.refreshToken}`;
    const refresh = () =>
      stack.call('/api/v1/auth/refresh-token', { method: 'POST', headers: { cookie, origin: 'http://localhost:3001' } });
    expect([401, 403]).toContain((await refresh()).status);

    expect((await change(person.user.id, { disabled: false })).body).not.toHaveProperty('disabledAt');
    expectRefusal(await me(person), 401, 'session_ended');
    expectRefusal(await refresh(), 401, 'session_ended');
  });

  it('stays disabled since the first time', async () => {
    const { user } = await signInPerson(stack);
    const first = (await change(user.id, { disabled: true })).body as unknown as { disabledAt: string };
    const again = await change(user.id, { disabled: true, globalAdmin: false });
    expect(again.body).toMatchObject({ disabledAt: first.disabledAt });
    expect((await deeds(stack, 'user.updated')).filter(({ resource }) => resource.id === user.id)).toHaveLength(1);
  });
});

describe('a change', () => {
  it.each([
    ['globalAdmin', null],
    ['globalAdmin', ''],
    ['disabled', null],
    ['email', 'eve@example.com'],
    ['id', newObjectId()],
    ['disabledAt', '2020-01-01'],
    ['memberships', []],
    ['passkeyRevision', 7],
  ])('is refused with %s = %j', async (field, value) => {
    const { user } = await signInPerson(stack);
    expectRefusal(await change(user.id, { [field]: value }), 400, 'validation_failed', field);
  });

  it.each(hostileBodies(['globalAdmin', 'disabled']).filter(([, , value]) => value !== true))(
    'is refused with %s that is %s',
    async (field, _name, value) =>
      expectRefusal(await change(operator.user.id, { [field]: value }, systemKey), 400, 'validation_failed', field),
  );

  it('of nothing changes nothing', async () => {
    const { user } = await signInPerson(stack);
    expect((await change(user.id, {})).body).toMatchObject({ id: user.id, globalAdmin: false, disabled: false });
    expect((await deeds(stack, 'user.updated')).filter(({ resource }) => resource.id === user.id)).toEqual([]);
  });
});
