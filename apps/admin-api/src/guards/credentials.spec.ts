import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import type { ApiKey } from '../api-keys/index.js';
import { isAddressAllowed } from './ip-allowlist.js';
import { judgeApiKey } from './judge-api-key.js';
import type { Presentation } from './judge-api-key.js';
import { readCredential } from './read-credential.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const LATER = new Date(NOW.getTime() + 1000);
const EARLIER = new Date(NOW.getTime() - 1000);

const key: ApiKey = {
  id: '5f0000000000000000000002',
  organizationId: '5f0000000000000000000001',
  keyId: 'abc',
  name: 'Key',
  environment: 'test',
  scopes: ['checkout:*'],
  secretHash: '',
  ipAllowlist: [],
  createdAt: EARLIER,
  updatedAt: EARLIER,
};
const shown: Presentation = { matches: true, now: NOW, address: '203.0.113.7' };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return 'allowed';
}

describe('readCredential', () => {
  it.each([
    ['Bearer sk_live_abc.def', { environment: 'live', keyId: 'abc', secret: 'def' }],
    ['bearer  sk_test_A1.x-_y', { environment: 'test', keyId: 'A1', secret: 'x-_y' }],
  ])('reads the key of %s', (header, parts) => expect(readCredential(header)).toEqual({ kind: 'api_key', key: parts }));

  it.each(['Bearer a.b.c', 'Token a.b.c', 'token eyJ0.eyJ1.', 'bearer A-_.b.c'])('takes %s for an access token', (header) =>
    expect(readCredential(header)).toEqual({ kind: 'access_token' }),
  );

  it.each([
    [undefined, 'api_key_missing'],
    ['', 'api_key_missing'],
    ['Bearer', 'api_key_malformed'],
    ['Bearer abc', 'api_key_malformed'],
    ['Basic c2s6', 'api_key_malformed'],
    ['sk_live_abc.def', 'api_key_malformed'],
    ['Token sk_live_abc.def', 'api_key_malformed'],
    ['Token', 'api_key_malformed'],
    ['Bearer a.b.c.d', 'api_key_malformed'],
    ['Bearer a.b.c d', 'api_key_malformed'],
    ['Bearer sk_live_abc', 'api_key_malformed'],
    ['Bearer sk_prod_abc.def', 'api_key_malformed'],
    ['Bearer sk_live_abc.def sk_live_abc.def', 'api_key_malformed'],
    ['Bearer sk_live_$gt.def', 'api_key_malformed'],
    [`Bearer sk_live_${'a'.repeat(65)}.def`, 'api_key_malformed'],
  ])('answers %p with %s', (header, code) => expect(codeOf(() => readCredential(header))).toBe(code));
});

describe('judgeApiKey', () => {
  it.each<[string, Partial<ApiKey>, Partial<Presentation>, string]>([
    ['a good key', {}, {}, 'allowed'],
    ['a wrong secret', {}, { matches: false }, 'api_key_invalid'],
    ['a wrong secret of a revoked key', { revokedAt: EARLIER }, { matches: false }, 'api_key_invalid'],
    ['a revoked key', { revokedAt: EARLIER }, {}, 'api_key_revoked'],
    ['a key past its end', { expiresAt: EARLIER }, {}, 'api_key_expired'],
    ['a key at its end', { expiresAt: NOW }, {}, 'api_key_expired'],
    ['a key before its end', { expiresAt: LATER }, {}, 'allowed'],
    ['an address off the list', { ipAllowlist: ['198.51.100.0/24'] }, {}, 'api_key_ip_not_allowed'],
    ['an address on the list', { ipAllowlist: ['203.0.113.0/24'] }, {}, 'allowed'],
  ])('%s', (_name, keyChange, shownChange, code) => {
    expect(codeOf(() => judgeApiKey({ ...key, ...keyChange }, { ...shown, ...shownChange }))).toBe(code);
  });

  it('knows nobody without a key on file', () => expect(codeOf(() => judgeApiKey(undefined, shown))).toBe('api_key_invalid'));

  it('binds the caller to the organization and mode of the key', () => {
    const mine = { kind: 'api_key', id: key.id, organizationId: key.organizationId };
    expect(judgeApiKey(key, shown)).toMatchObject({ ...mine, livemode: false });
    expect(judgeApiKey({ ...key, environment: 'live' }, shown)).toMatchObject({ ...mine, livemode: true });
  });

  it('takes a key without an organization for one of the platform', () => {
    const { organizationId: _none, ...system } = key;
    expect(judgeApiKey(system, shown)).toEqual({ kind: 'system_key', id: key.id, name: 'Key', livemode: false, scopes: key.scopes });
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
