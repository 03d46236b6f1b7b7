import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import type { ApiKey } from '../api-keys/index.js';
import type { Organization } from '../organizations/index.js';
import { isAddressAllowed } from './ip-allowlist.js';
import { judgeApiKey } from './judge-api-key.js';
import type { Presentation } from './judge-api-key.js';
import { readAuthorization } from './read-authorization.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const LATER = new Date(NOW.getTime() + 1000);
const EARLIER = new Date(NOW.getTime() - 1000);

const organization: Organization = { id: '5f0000000000000000000001', name: 'Shop', slug: 'shop', status: 'active' };
const key: ApiKey = {
  id: '5f0000000000000000000002',
  organizationId: organization.id,
  keyId: 'abc',
  name: 'Key',
  environment: 'test',
  scopes: ['checkout:*'],
  secretHash: '',
  ipAllowlist: [],
};
const shown: Presentation = { matches: true, now: NOW, address: '203.0.113.7', namesOrganization: false };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return 'allowed';
}

describe('readAuthorization', () => {
  it.each([
    ['Bearer sk_live_abc.def', { environment: 'live', keyId: 'abc', secret: 'def' }],
    ['bearer  sk_test_A1.x-_y', { environment: 'test', keyId: 'A1', secret: 'x-_y' }],
  ])('reads %s', (header, parts) => expect(readAuthorization(header)).toEqual(parts));

  it.each([
    [undefined, 'api_key_missing'],
    ['', 'api_key_missing'],
    ['Bearer', 'api_key_malformed'],
    ['Bearer abc', 'api_key_malformed'],
    ['Basic c2s6', 'api_key_malformed'],
    ['sk_live_abc.def', 'api_key_malformed'],
    ['Bearer sk_live_abc', 'api_key_malformed'],
    ['Bearer sk_prod_abc.def', 'api_key_malformed'],
    ['Bearer sk_live_a.b.c', 'api_key_malformed'],
    ['Bearer sk_live_abc.def sk_live_abc.def', 'api_key_malformed'],
    ['Bearer sk_live_$gt.def', 'api_key_malformed'],
    [`Bearer sk_live_${'a'.repeat(65)}.def`, 'api_key_malformed'],
  ])('answers %p with %s', (header, code) => expect(codeOf(() => readAuthorization(header))).toBe(code));
});

describe('judgeApiKey', () => {
  it.each<[string, Partial<ApiKey>, Partial<Organization>, Partial<Presentation>, string]>([
    ['a good key', {}, {}, {}, 'allowed'],
    ['a wrong secret', {}, {}, { matches: false }, 'api_key_invalid'],
    ['a wrong secret of a revoked key', { revokedAt: EARLIER }, {}, { matches: false }, 'api_key_invalid'],
    ['a revoked key', { revokedAt: EARLIER }, {}, {}, 'api_key_revoked'],
    ['a key past its end', { expiresAt: EARLIER }, {}, {}, 'api_key_expired'],
    ['a key at its end', { expiresAt: NOW }, {}, {}, 'api_key_expired'],
    ['a key before its end', { expiresAt: LATER }, {}, {}, 'allowed'],
    ['an address off the list', { ipAllowlist: ['198.51.100.0/24'] }, {}, {}, 'api_key_ip_not_allowed'],
    ['an address on the list', { ipAllowlist: ['203.0.113.0/24'] }, {}, {}, 'allowed'],
    ['a suspended organization', {}, { status: 'suspended' }, {}, 'organization_suspended'],
    ['an organization header', {}, {}, { namesOrganization: true }, 'organization_header_not_allowed'],
  ])('%s', (_name, keyChange, organizationChange, shownChange, code) => {
    const onFile = { key: { ...key, ...keyChange }, organization: { ...organization, ...organizationChange } };
    expect(codeOf(() => judgeApiKey(onFile, { ...shown, ...shownChange }))).toBe(code);
  });

  it('knows nobody without a key on file', () => expect(codeOf(() => judgeApiKey(undefined, shown))).toBe('api_key_invalid'));

  it('binds the caller to the organization and mode of the key', () => {
    expect(judgeApiKey({ key, organization }, shown)).toMatchObject({
      id: key.id,
      scope: { organizationId: organization.id, livemode: false },
    });
    expect(judgeApiKey({ key: { ...key, environment: 'live' }, organization }, shown).scope.livemode).toBe(true);
  });
});

describe('isAddressAllowed', () => {
  it.each([
    ['203.0.113.7', [], true],
    ['203.0.113.7', ['203.0.113.7'], true],
    ['203.0.113.8', ['203.0.113.7'], false],
    ['::ffff:203.0.113.7', ['203.0.113.0/24'], true],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32', '0.0.0.0/0'], false],
    ['2001:db8:0:0::1', ['2001:db8::1'], true],
    ['not an address', ['0.0.0.0/0'], false],
    ['203.0.113.7', ['nonsense'], false],
  ])('%s against %p: %p', (address, list, expected) => expect(isAddressAllowed(address, list)).toBe(expected));
});
