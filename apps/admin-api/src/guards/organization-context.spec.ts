import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import type { Membership } from '../members/index.js';
import { chooseOrganization } from './organization-context.js';
import type { NamedOrganization } from './organization-context.js';
import type { Principal } from '../access/index.js';

const MINE = 'a'.repeat(24);
const SECOND = 'b'.repeat(24);
const FOREIGN = 'c'.repeat(24);

const key: Principal = { kind: 'api_key', id: 'k', name: 'Key', organizationId: MINE, livemode: false, scopes: [] };
const system: Principal = { kind: 'system_key', id: 's', name: 'System', livemode: true, scopes: [] };
const person: Principal = { kind: 'user', id: 'u', name: 'P', email: 'p@example.com', sessionId: 's', globalAdmin: true };
const one: Membership[] = [{ organizationId: MINE, role: 'editor' }];
const two: Membership[] = [...one, { organizationId: SECOND, role: 'viewer' }];

function chosen(principal: Principal, named: NamedOrganization, memberships: Membership[] = []): string {
  try {
    const { organizationId, livemode, membership } = chooseOrganization(principal, named, memberships);
    return `${organizationId} ${livemode ? 'live' : 'test'} ${membership?.role ?? '-'}`;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

describe('chooseOrganization', () => {
  it.each<[string, Principal, NamedOrganization, Membership[], string]>([
    ['a key: its own', key, {}, [], `${MINE} test -`],
    ['a key: its own, named by the route', key, { path: MINE.toUpperCase() }, [], `${MINE} test -`],
    ['a key: another, named by the route', key, { path: SECOND }, [], 'organization_mismatch'],
    ['a key: nonsense in the route', key, { path: '$ne' }, [], 'organization_mismatch'],
    ['a key: no header, not even with its own', key, { header: MINE }, [], 'organization_header_not_allowed'],
    ['a key: the cookies of a browser mean nothing', key, { cookie: SECOND, mode: 'live' }, [], `${MINE} test -`],
    ['a person: the only membership', person, {}, one, `${MINE} live editor`],
    ['a person: test mode by cookie', person, { mode: 'test' }, one, `${MINE} test editor`],
    ['a person: any other mode is live', person, { mode: 'TEST;x' }, one, `${MINE} live editor`],
    ['a person: the cookie', person, { cookie: SECOND }, two, `${SECOND} live viewer`],
    ['a person: the route before the cookie', person, { path: MINE, cookie: SECOND }, two, `${MINE} live editor`],
    ['a person: two and no choice', person, {}, two, 'organization_required'],
    ['a person: no membership', person, {}, [], 'organization_required'],
    ['a person: no member by cookie', person, { cookie: FOREIGN }, two, 'not_a_member'],
    ['a person: no member by route, global administrator or not', person, { path: FOREIGN, cookie: MINE }, two, 'not_a_member'],
    ['a person: a cookie that is no id', person, { cookie: '{"$gt":""}' }, one, 'organization_required'],
    ['a person: no header', person, { header: MINE }, one, 'organization_header_not_allowed'],
    ['a system key: the route', system, { path: MINE }, [], `${MINE} live -`],
    ['a system key: the header', system, { header: SECOND }, [], `${SECOND} live -`],
    ['a system key: the route before the header', system, { path: MINE, header: SECOND }, [], `${MINE} live -`],
    ['a system key: none', system, {}, [], 'organization_required'],
    ['a system key: cookies mean nothing', system, { cookie: MINE }, [], 'organization_required'],
    ['a system key: a header that is no id', system, { header: 'x' }, [], 'organization_required'],
  ])('%s', (_name, principal, named, memberships, expected) => expect(chosen(principal, named, memberships)).toBe(expected));
});
