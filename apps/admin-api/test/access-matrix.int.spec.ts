import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS, newObjectId, TenantScope } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { isAtLeast } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { ACCESS_TABLE } from '../src/access/index.js';
import type { AccessRow } from '../src/access/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { signInPerson } from './fixture/people.js';
import { suspend } from './fixture/suspension.js';
import { newSystemKey } from './fixture/system-keys.js';

/** `in`: whatever the route answers, the guards let the caller through. */
type Outcome = 'in' | ErrorCode;

interface Caller {
  /** Headers to send to a route. */
  headers: (row: AccessRow) => Promise<Record<string, string>> | Record<string, string>;
  expected: (row: AccessRow) => Outcome;
}

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let suspended: Merchant;
const people = {} as Record<Role | 'outsider' | 'globalAdmin' | 'suspendedAdmin', string>;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other, suspended] = await Promise.all([stack.newMerchant(), stack.newMerchant(), stack.newMerchant()]);
  await suspend(stack, suspended.scope);
  const roles: [keyof typeof people, Parameters<typeof signInPerson>[1]][] = [
    ['viewer', { memberships: [{ scope: shop.scope, role: 'viewer' }] }],
    ['editor', { memberships: [{ scope: shop.scope, role: 'editor' }] }],
    ['admin', { memberships: [{ scope: shop.scope, role: 'admin' }] }],
    ['outsider', { memberships: [{ scope: other.scope, role: 'admin' }] }],
    ['globalAdmin', { globalAdmin: true }],
    ['suspendedAdmin', { memberships: [{ scope: suspended.scope, role: 'admin' }] }],
  ];
  for (const [name, wish] of roles) people[name] = (await signInPerson(stack, wish)).accessToken;
}, 60_000);
afterAll(async () => stack.stop());

const made = new Map<string, Promise<string>>();

/** One key per wish: the matrix asks for the same ones again and again. */
function remembered(name: string, make: () => Promise<string>): Promise<string> {
  const key = made.get(name) ?? make();
  made.set(name, key);
  return key;
}

function keyOf(merchant: Merchant, livemode: boolean, scope: string): Promise<string> {
  const tenant = TenantScope.of(merchant.organizationId, livemode);
  const name = [merchant.organizationId, livemode, scope].join();
  return remembered(name, async () => (await stack.newKey(tenant, { scopes: [scope] })).apiKey);
}

const systemKeyOf = (scope: string): Promise<string> => remembered(`system,${scope}`, () => newSystemKey(stack, [scope]));

const scopeOf = (row: AccessRow): string => ('scope' in row && row.scope !== undefined ? row.scope : 'vies:read');
const unlike = (row: AccessRow): string => (scopeOf(row) === 'vies:read' ? 'vies:execute' : 'vies:read');
const bearer = (credential: string): Record<string, string> => ({ authorization: `Bearer ${credential}` });
const selected = (token: string, merchant: Merchant): Record<string, string> => ({
  authorization: `Token ${token}`,
  cookie: `selectedOrganization=${merchant.organizationId}`,
});

/** What a good key of an organization gets to; `missing` when it lacks the scope. */
function forKey(row: AccessRow, missing?: 'insufficient_scope'): Outcome {
  switch (row.for) {
    case 'user':
      return 'user_required';
    case 'platform':
      return 'platform_access_required';
    case 'authenticated':
      return row.scope === undefined ? 'in' : (missing ?? 'in');
    case 'organization':
      return row.session === true ? 'user_required' : (missing ?? 'in');
    case 'anyone':
      return 'in';
  }
}

function forPerson(row: AccessRow, role: Role): Outcome {
  if (row.for === 'platform') return 'platform_access_required';
  return row.for === 'organization' && !isAtLeast(role, row.role) ? 'insufficient_role' : 'in';
}

function forSystemKey(row: AccessRow, missing?: 'insufficient_scope'): Outcome {
  if (row.for === 'platform') return missing ?? 'in';
  return forKey(row, missing);
}

/** Without the check of who asks, these see what the route itself answers. */
const unlessOpen = (row: AccessRow, outcome: Outcome): Outcome => (row.for === 'anyone' ? 'in' : outcome);

const CALLERS: Readonly<Record<string, Caller>> = {
  nobody: { headers: () => ({}), expected: (row) => unlessOpen(row, 'api_key_missing') },
  'a key with the scope': { headers: async (row) => bearer(await keyOf(shop, true, scopeOf(row))), expected: (row) => forKey(row) },
  'a key without the scope': {
    headers: async (row) => bearer(await keyOf(shop, true, unlike(row))),
    expected: (row) => forKey(row, 'insufficient_scope'),
  },
  'a test key with the scope': {
    headers: async (row) => bearer(await keyOf(shop, false, scopeOf(row))),
    expected: (row) => (row.for === 'organization' && row.live === true ? 'live_mode_required' : forKey(row)),
  },
  'a key of another organization with everything': {
    headers: async () => bearer(await keyOf(other, true, '*')),
    expected: (row) => (row.route.includes(':orgId') ? 'organization_mismatch' : forKey(row)),
  },
  'a key with the scope that names its organization by header': {
    headers: async (row) => ({ ...bearer(await keyOf(shop, true, scopeOf(row))), 'x-organization-id': shop.organizationId }),
    expected: (row) => unlessOpen(row, 'organization_header_not_allowed'),
  },
  'a key of a suspended organization': {
    headers: async () => bearer(await keyOf(suspended, true, '*')),
    expected: (row) => unlessOpen(row, row.route.includes(':orgId') ? 'organization_mismatch' : 'organization_suspended'),
  },
  'a key that does not exist': { headers: () => bearer('sk_live_nobody.nothing'), expected: (row) => unlessOpen(row, 'api_key_invalid') },
  'a Viewer': { headers: () => selected(people.viewer, shop), expected: (row) => forPerson(row, 'viewer') },
  'an Editor': { headers: () => selected(people.editor, shop), expected: (row) => forPerson(row, 'editor') },
  'an Admin': { headers: () => selected(people.admin, shop), expected: (row) => forPerson(row, 'admin') },
  'an Admin of another organization': {
    headers: () => selected(people.outsider, shop),
    expected: (row) => (row.for === 'organization' ? 'not_a_member' : forPerson(row, 'admin')),
  },
  'an Admin of a suspended organization': {
    headers: () => selected(people.suspendedAdmin, suspended),
    expected: (row) =>
      row.for === 'organization' ? (row.route.includes(':orgId') ? 'not_a_member' : 'organization_suspended') : forPerson(row, 'admin'),
  },
  'a global administrator': {
    headers: () => selected(people.globalAdmin, shop),
    expected: (row) => (row.for === 'organization' ? 'not_a_member' : 'in'),
  },
  'a system key with the scope': {
    headers: async (row) => ({ ...bearer(await systemKeyOf(scopeOf(row))), 'x-organization-id': shop.organizationId }),
    expected: (row) => forSystemKey(row),
  },
  'a system key without the scope': {
    headers: async (row) => ({ ...bearer(await systemKeyOf(unlike(row))), 'x-organization-id': shop.organizationId }),
    expected: (row) => forSystemKey(row, 'insufficient_scope'),
  },
  'a forged access token': {
    headers: () => bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'),
    expected: (row) => unlessOpen(row, 'access_token_invalid'),
  },
};

/** What only the guards say. */
const REFUSALS: ReadonlySet<string> = new Set<ErrorCode>([
  'api_key_missing',
  'api_key_malformed',
  'api_key_invalid',
  'access_token_invalid',
  'access_token_expired',
  'session_ended',
  'user_required',
  'platform_access_required',
  'insufficient_role',
  'insufficient_scope',
  'live_mode_required',
  'organization_required',
  'organization_mismatch',
  'organization_suspended',
  'organization_header_not_allowed',
  'not_a_member',
  'forbidden',
]);

async function ask(row: AccessRow, headers: Record<string, string>): Promise<Answer> {
  const [method = '', path = ''] = row.route.split(' ');
  const target = path.replace(':orgId', shop.organizationId).replaceAll(/:\w+/g, newObjectId());
  // An empty body is wrong for most routes, which they say after the guards have let it through.
  return stack.call(target, { method, headers, ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }) });
}

function outcomeOf({ status, body }: Answer): string {
  if (REFUSALS.has(body.code)) return status === ERRORS[body.code as ErrorCode].status ? body.code : `${body.code} as ${String(status)}`;
  // Past the guards, nothing that an empty request meets may be a failure of ours.
  return status < 500 ? 'in' : `${String(status)} ${body.code}`;
}

// Leaving and signing out end what the other rows need.
const LAST = ['/members/me', '/logout'];
const turn = ({ route }: AccessRow): number => LAST.findIndex((ending) => route.endsWith(ending));
const ROWS = [...ACCESS_TABLE].sort((a, b) => turn(a) - turn(b));

describe('who may call', () => {
  it.each(ROWS)('$route', async (row) => {
    const outcomes: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [name, caller] of Object.entries(CALLERS)) {
      outcomes[name] = outcomeOf(await ask(row, await caller.headers(row)));
      expected[name] = caller.expected(row);
    }
    expect(outcomes).toEqual(expected);
  });
});
