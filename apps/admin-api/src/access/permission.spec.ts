import { describe, expect, it } from '@jest/globals';
import { DomainError, TenantScope } from '@paygate/kernel';
import { ROLE_SCOPES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { anyone, authenticated, organization, platform, user } from './access-row.js';
import type { AccessRow } from './access-row.js';
import { ACCESS_TABLE } from './access-table.js';
import { requirePermission } from './permission.js';
import type { Access } from './principal.js';

const ID = 'a'.repeat(24);
const key = (livemode: boolean, ...scopes: string[]): Access => ({
  principal: { kind: 'api_key', id: 'k', name: 'Key', organizationId: ID, livemode, scopes },
  scope: TenantScope.of(ID, livemode),
  scopes,
});
const systemKey = (...scopes: string[]): Access => ({
  principal: { kind: 'system_key', id: 's', name: 'System', livemode: true, scopes },
  scope: TenantScope.of(ID, true),
  scopes,
});
const person = (role?: Role, globalAdmin = false, livemode = true): Access => ({
  principal: { kind: 'user', id: 'u', name: 'P', email: 'p@example.com', sessionId: 's', globalAdmin },
  ...(role ? { role, scope: TenantScope.of(ID, livemode) } : {}),
  scopes: role ? ROLE_SCOPES[role] : [],
});

function outcome(row: AccessRow, access: Access | undefined): string {
  try {
    requirePermission(row, access);
    return 'allowed';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

const read = organization('GET /x', 'site:read');
const create = organization('POST /x', 'site:create');
const search = organization('GET /y', 'client:execute');
const raised = organization('POST /void', 'invoice:execute', { role: 'admin' });
const live = organization('PUT /z', 'organization:update', { live: true });
const settings = organization('PUT /w', 'webhook:update', { session: true });
const operators = platform('GET /system', 'system:read');

describe('requirePermission', () => {
  it.each<[string, AccessRow, Access | undefined, string]>([
    ['anyone', anyone('GET /x'), undefined, 'allowed'],
    ['nobody', read, undefined, 'api_key_missing'],
    ['a key with the scope', read, key(true, 'site:read'), 'allowed'],
    ['a key with every action', read, key(true, 'site:*'), 'allowed'],
    ['a key without the scope', create, key(true, 'site:read'), 'insufficient_scope'],
    ['a Viewer who reads', read, person('viewer'), 'allowed'],
    ['a Viewer who creates', create, person('viewer'), 'insufficient_role'],
    ['an Editor who searches', search, person('editor'), 'allowed'],
    ['an Editor where an Admin is asked for', raised, person('editor'), 'insufficient_role'],
    ['an Admin', create, person('admin'), 'allowed'],
    ['a person without a role there', read, person(undefined, true), 'insufficient_scope'],
    ['a test key where live payments depend on it', live, key(false, '*'), 'live_mode_required'],
    ['a test key without the scope learns that first', live, key(false), 'insufficient_scope'],
    ['a live key', live, key(true, '*'), 'allowed'],
    ['a person who looks at test data', live, person('admin', false, false), 'allowed'],
    ['a key with everything where a session is asked for', settings, key(true, '*'), 'user_required'],
    ['a system key there', settings, systemKey('*'), 'user_required'],
    ['an Admin there', settings, person('admin'), 'allowed'],
    ['an Editor there', settings, person('editor'), 'insufficient_role'],
    ['a system key with the scope', create, systemKey('site:create'), 'allowed'],
    ['a key of an organization with everything, at the platform', operators, key(true, '*'), 'platform_access_required'],
    ['an Admin of an organization, at the platform', operators, person('admin'), 'platform_access_required'],
    ['a global administrator', operators, person(undefined, true), 'allowed'],
    ['a system key', operators, systemKey('system:*'), 'allowed'],
    ['a system key without the scope', operators, systemKey('site:*'), 'insufficient_scope'],
    ['a key that wants a profile', user('GET /me', 'userprofile:read'), key(true, '*'), 'user_required'],
    ['a person', user('GET /me', 'userprofile:read'), person(), 'allowed'],
    ['any key', authenticated('GET /scopes'), key(false), 'allowed'],
    ['a key that lacks the scope where people need none', authenticated('GET /o', 'organization:read'), key(true), 'insufficient_scope'],
    ['a person where keys need a scope', authenticated('GET /o', 'organization:read'), person(), 'allowed'],
  ])('%s', (_name, row, access, expected) => expect(outcome(row, access)).toBe(expected));
});

describe('the access table', () => {
  it('has every route once', () => {
    const routes = ACCESS_TABLE.map(({ route }) => route);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('lets whoever holds the role of a row also have its scope', () => {
    for (const row of ACCESS_TABLE) {
      if (row.for === 'organization')
        expect([row.route, outcome({ ...row, live: undefined }, person(row.role))]).toEqual([row.route, 'allowed']);
    }
  });

  it('asks for documented roles', () => {
    const roles = Object.fromEntries(ACCESS_TABLE.map((row) => [row.route, row.for === 'organization' ? row.role : row.for]));
    expect(roles).toMatchObject({
      'GET /api/v1/providers': 'viewer',
      'POST /api/v1/providers': 'admin',
      'DELETE /api/v1/providers/:id': 'admin',
      'POST /api/v1/providers/:id/toggle': 'admin',
      'GET /api/v1/domains': 'viewer',
      'POST /api/v1/domains': 'admin',
      'DELETE /api/v1/domains/:id': 'admin',
      'GET /api/v1/domains/verify-cname': 'editor',
    });
  });

  it('says of every change what it leaves in the audit log, except where the resource keeps its own record', () => {
    const silent = ACCESS_TABLE.filter(({ route, audit }) => !route.startsWith('GET ') && audit === undefined).map(({ route }) => route);
    expect(silent).toEqual([
      'POST /api/v1/auth',
      'POST /api/v1/auth/refresh-token',
      'POST /api/v1/profile/passkeys',
      'POST /api/v1/checkouts/:siteId/create',
      'PATCH /api/v1/checkouts/:checkoutId',
      'POST /api/v1/invoices/preview-tax',
      'POST /api/v1/vies/validate',
      'POST /api/v1/webhooks/:slug',
    ]);
  });
});
