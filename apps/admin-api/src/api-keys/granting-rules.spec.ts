import { describe, expect, it } from '@jest/globals';
import { DomainError, TenantScope } from '@paygate/kernel';
import { SCOPES } from '@paygate/nest-kit';
import fc from 'fast-check';
import type { ApiKey } from './api-key.js';
import type { KeyChange } from './api-keys.repository.js';
import { readScopes } from './granted-scopes.js';
import { requireChangeAllowed, requireEnvironment, requireGrantable, requireLifetime, requireLifetimeOver } from './granting-rules.js';
import type { Grantor } from './grantor.js';
import { KeyOwner } from './key-owner.js';

const SOON = new Date('2026-02-01T00:00:00Z');
const LATER = new Date('2026-03-01T00:00:00Z');
const LATEST = new Date('2026-04-01T00:00:00Z');

const organization = KeyOwner.organization(TenantScope.of('5f0000000000000000000001', true));
const maker = { kind: 'user', id: '5f0000000000000000000009', name: 'Ada' } as const;

function aKey(fields: Partial<ApiKey> = {}): ApiKey {
  return {
    id: '5f0000000000000000000002',
    keyId: 'abc',
    name: 'Key',
    environment: 'live',
    scopes: ['checkout:read'],
    secretHash: '',
    ipAllowlist: [],
    createdAt: SOON,
    updatedAt: SOON,
    ...fields,
  };
}

function grantorWith(key: Partial<ApiKey>): Grantor {
  const own = aKey({ id: '5f0000000000000000000003', ...key });
  return { maker, scopes: own.scopes, key: own };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return 'allowed';
}

describe('scopes of a new key', () => {
  it.each<[string[], string[], string]>([
    [['checkout:read'], ['checkout:read'], 'allowed'],
    [['checkout:*'], ['checkout:read', 'checkout:*'], 'allowed'],
    [['*'], ['*', 'checkout:*', 'site:update'], 'allowed'],
    [['checkout:read'], ['checkout:create'], 'scope_not_grantable'],
    [['checkout:read'], ['checkout:*'], 'scope_not_grantable'],
    // Every action of a resource is not the resource: actions added later would come with it.
    [['product:read', 'product:create', 'product:update', 'product:delete'], ['product:*'], 'scope_not_grantable'],
    [['checkout:*', 'site:*'], ['*'], 'scope_not_grantable'],
    [[], ['checkout:read'], 'scope_not_grantable'],
  ])('who holds %p gives %p: %s', (held, wanted, code) => {
    expect(codeOf(() => requireGrantable({ maker, scopes: held }, wanted))).toBe(code);
  });

  it('are never more than those of the maker, whatever both are', () => {
    const anyScope = fc.constantFrom('*', 'checkout:*', 'site:*', ...SCOPES.map(({ scope }) => scope));
    const matches = (granted: string, scope: string): boolean =>
      granted === '*' || granted === scope || granted === `${scope.split(':')[0] ?? ''}:*`;
    fc.assert(
      fc.property(fc.array(anyScope, { maxLength: 5 }), fc.array(anyScope, { maxLength: 5 }), (held, wanted) => {
        if (codeOf(() => requireGrantable({ maker, scopes: held }, wanted)) !== 'allowed') return;
        for (const { scope } of SCOPES) {
          if (wanted.some((granted) => matches(granted, scope))) expect(held.some((granted) => matches(granted, scope))).toBe(true);
        }
      }),
    );
  });

  it('names what is missing', () => {
    const refused = (): void => requireGrantable({ maker, scopes: ['checkout:read'] }, ['checkout:read', 'site:read', '*']);
    expect(refused).toThrow(expect.objectContaining({ details: { scopes: ['site:read', '*'] } }));
  });

  it.each<[KeyOwner, string, string]>([
    [organization, 'checkout:read', 'allowed'],
    [organization, 'checkout:*', 'allowed'],
    [organization, '*', 'allowed'],
    [organization, 'system:read', 'validation_failed'],
    [organization, 'system:*', 'validation_failed'],
    [KeyOwner.platform(true), 'system:*', 'allowed'],
    [organization, 'checkout', 'validation_failed'],
    [organization, 'checkout:pay', 'validation_failed'],
    [organization, 'nothing:*', 'validation_failed'],
    [organization, '*:*', 'validation_failed'],
    [organization, ' *', 'validation_failed'],
    [organization, '', 'validation_failed'],
  ])('%p: %s is %s', (owner, scope, code) => expect(codeOf(() => readScopes(owner, [scope]))).toBe(code));
});

describe('the environment', () => {
  it.each<[boolean, 'live' | 'test', string]>([
    [true, 'live', 'allowed'],
    [true, 'test', 'allowed'],
    [false, 'test', 'allowed'],
    [false, 'live', 'live_mode_required'],
  ])('livemode %p makes a %s key: %s', (livemode, environment, code) => {
    expect(codeOf(() => requireEnvironment(KeyOwner.platform(livemode), environment))).toBe(code);
  });
});

describe('the life of a key', () => {
  it.each<[string, Date | undefined, Date | undefined, string]>([
    ['a key without end makes one without', undefined, undefined, 'allowed'],
    ['a key without end makes one with', undefined, LATER, 'allowed'],
    ['a key makes one that ends before it', LATER, SOON, 'allowed'],
    ['a key makes one that ends with it', LATER, LATER, 'allowed'],
    ['a key makes one that ends after it', LATER, LATEST, 'api_key_limits_exceeded'],
    ['a key with an end makes one without', LATER, undefined, 'api_key_limits_exceeded'],
  ])('%s', (_name, own, wanted, code) => {
    expect(codeOf(() => requireLifetime(grantorWith({ expiresAt: own }), wanted))).toBe(code);
  });

  it('is free when a person decides', () => expect(codeOf(() => requireLifetime({ maker, scopes: ['*'] }, undefined))).toBe('allowed'));

  it.each<[Date | undefined, Date | undefined, string]>([
    [undefined, undefined, 'allowed'],
    [undefined, LATER, 'allowed'],
    [LATER, SOON, 'allowed'],
    [LATER, LATER, 'allowed'],
    [LATER, LATEST, 'api_key_limits_exceeded'],
    [LATER, undefined, 'api_key_limits_exceeded'],
  ])('a key that ends %p rotates one that ends %p: %s', (own, other, code) => {
    expect(codeOf(() => requireLifetimeOver(grantorWith({ expiresAt: own }), aKey({ expiresAt: other })))).toBe(code);
  });
});

describe('a change of a key', () => {
  const self = grantorWith({ expiresAt: LATER, ipAllowlist: ['10.0.0.0/8'], scopes: ['checkout:*'] });
  const own = self.key ?? aKey();

  it.each<[string, KeyChange, string]>([
    ['its name', { name: 'New' }, 'allowed'],
    ['fewer scopes', { scopes: ['checkout:read'] }, 'allowed'],
    ['other scopes', { scopes: ['site:read'] }, 'scope_not_grantable'],
    ['an earlier end', { expiresAt: SOON }, 'allowed'],
    ['the same end', { expiresAt: LATER }, 'allowed'],
    ['a later end', { expiresAt: LATEST }, 'api_key_limits_exceeded'],
    ['no end', { expiresAt: null }, 'api_key_limits_exceeded'],
    ['a narrower list', { ipAllowlist: ['10.1.0.0/16', '10.2.0.1'] }, 'allowed'],
    ['a wider list', { ipAllowlist: ['10.0.0.0/8', '192.0.2.1'] }, 'api_key_limits_exceeded'],
    ['no list', { ipAllowlist: [] }, 'api_key_limits_exceeded'],
  ])('gives itself %s', (_name, change, code) => expect(codeOf(() => requireChangeAllowed(self, own, change))).toBe(code));

  it.each<[string, Partial<ApiKey>, KeyChange, string]>([
    ['any list', { ipAllowlist: ['10.0.0.0/8'] }, { ipAllowlist: [] }, 'allowed'],
    ['the end it has', { expiresAt: LATEST }, { expiresAt: LATEST }, 'allowed'],
    ['none as before', {}, { expiresAt: null }, 'allowed'],
    ['an end where there was none', {}, { expiresAt: LATEST }, 'allowed'],
    ['a later end than it has', { expiresAt: SOON }, { expiresAt: LATEST }, 'api_key_limits_exceeded'],
    ['a later end within the life of the caller', { expiresAt: SOON }, { expiresAt: LATER }, 'allowed'],
  ])('gives another %s', (_name, other, change, code) => expect(codeOf(() => requireChangeAllowed(self, aKey(other), change))).toBe(code));
});
