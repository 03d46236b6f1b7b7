import { DomainError } from '@paygate/kernel';
import { grants } from '@paygate/nest-kit';
import { isWithinAddressList } from './address-list.js';
import type { ApiKey } from './api-key.js';
import type { Environment } from './api-key.schema.js';
import type { KeyChange } from './api-keys.repository.js';
import type { Grantor } from './grantor.js';
import type { KeyOwner } from './key-owner.js';

/** Nobody hands on what they do not have: the rules of making and changing keys. */

/** @throws DomainError `scope_not_grantable` naming the scopes the caller lacks */
export function requireGrantable(grantor: Grantor, scopes: readonly string[], message?: string): void {
  const lacking = scopes.filter((scope) => !grants(grantor.scopes, scope));
  if (lacking.length > 0) throw new DomainError('scope_not_grantable', message, { scopes: lacking });
}

/** @throws DomainError `live_mode_required` when a test key asks for a live one */
export function requireEnvironment(owner: KeyOwner, environment: Environment): void {
  if (!owner.has(environment)) throw new DomainError('live_mode_required', 'Test keys can make test keys only.');
}

/**
 * A caller may not touch a key that may do more than they: rotating it would put its secret into their hands.
 * @throws DomainError `scope_not_grantable`
 */
export function requireAuthorityOver(grantor: Grantor, key: ApiKey): void {
  requireGrantable(grantor, key.scopes, 'That key may do more than yours.');
}

/** @throws DomainError `invalid_transition` */
export function requireNotRevoked(key: ApiKey): void {
  if (key.revokedAt) throw revokedKey();
}

export function revokedKey(): DomainError {
  return new DomainError('invalid_transition', 'The key has been revoked for good; create a new one.');
}

/**
 * What a key with an end hands on must end with it. People and keys without an end are free.
 * @param until the end wanted; undefined for none
 * @param changed the key whose end it is to be: it may keep the one it has
 * @throws DomainError `api_key_limits_exceeded`
 */
export function requireLifetime(grantor: Grantor, until: Date | undefined, changed?: ApiKey): void {
  const latest = grantor.key?.expiresAt;
  if (!latest || endOf(until) <= endOf(latest) || (changed && endOf(until) <= endOf(changed.expiresAt))) return;
  throw limitsExceeded('expiresAt', `not later than ${latest.toISOString()}, when the calling key expires`);
}

/**
 * A new secret for a key that lives longer than the caller's would outlive it.
 * @throws DomainError `api_key_limits_exceeded`
 */
export function requireLifetimeOver(grantor: Grantor, key: ApiKey): void {
  if (grantor.key && endOf(key.expiresAt) > endOf(grantor.key.expiresAt)) {
    throw new DomainError('api_key_limits_exceeded', 'That key lives longer than yours.');
  }
}

/**
 * A key does not loosen its own address list. Lists of other keys are no limit of the caller's: they say where those are used.
 * @throws DomainError `api_key_limits_exceeded`
 */
export function requireOwnAddresses(grantor: Grantor, key: ApiKey, ipAllowlist: readonly string[]): void {
  if (grantor.key?.id !== key.id || isWithinAddressList(ipAllowlist, key.ipAllowlist)) return;
  throw limitsExceeded('ipAllowlist', 'within the present list: a key cannot loosen its own');
}

/** @throws DomainError `scope_not_grantable`, `api_key_limits_exceeded` */
export function requireChangeAllowed(grantor: Grantor, key: ApiKey, { scopes, expiresAt, ipAllowlist }: KeyChange): void {
  if (scopes) requireGrantable(grantor, scopes);
  if (expiresAt !== undefined) requireLifetime(grantor, expiresAt ?? undefined, key);
  if (ipAllowlist) requireOwnAddresses(grantor, key, ipAllowlist);
}

function endOf(expiresAt: Date | undefined): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function limitsExceeded(field: string, expected: string): DomainError {
  const message = `${field} must be ${expected}.`;
  return new DomainError('api_key_limits_exceeded', message, [{ field, code: 'api_key_limits_exceeded', message, expected }]);
}
