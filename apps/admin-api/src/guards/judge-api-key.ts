import { DomainError } from '@paygate/kernel';
import type { ApiKey } from '../api-keys/index.js';
import { isAddressAllowed } from './ip-allowlist.js';
import type { ApiKeyPrincipal, SystemKeyPrincipal } from '../access/index.js';

export interface Presentation {
  /** The secret was right. */
  matches: boolean;
  now: Date;
  /** Address of the client, behind trusted proxies. */
  address: string;
}

/**
 * Decides whose key was presented. Why a key is refused is told only to who has its secret.
 * @throws DomainError `api_key_invalid`, `api_key_revoked`, `api_key_expired`, `api_key_ip_not_allowed`
 */
export function judgeApiKey(key: ApiKey | undefined, shown: Presentation): ApiKeyPrincipal | SystemKeyPrincipal {
  if (!key || !shown.matches) throw new DomainError('api_key_invalid');
  if (key.revokedAt) throw new DomainError('api_key_revoked');
  if (key.expiresAt && key.expiresAt <= shown.now) throw new DomainError('api_key_expired');
  if (!isAddressAllowed(shown.address, key.ipAllowlist)) throw new DomainError('api_key_ip_not_allowed');
  const { id, name, scopes, organizationId } = key;
  const livemode = key.environment === 'live';
  return organizationId === undefined
    ? { kind: 'system_key', id, name, livemode, scopes }
    : { kind: 'api_key', id, name, organizationId, livemode, scopes };
}
