import { DomainError, TenantScope } from '@paygate/kernel';
import type { Principal } from '@paygate/nest-kit';
import type { ApiKey } from '../api-keys/index.js';
import type { Organization } from '../organizations/index.js';
import { isAddressAllowed } from './ip-allowlist.js';

/** A key as it was found, with what decides over it. */
export interface KeyOnFile {
  key: ApiKey;
  organization: Organization;
}

export interface Presentation {
  /** The secret was right. */
  matches: boolean;
  now: Date;
  /** Address of the client, behind trusted proxies. */
  address: string;
  /** The request named an organization by header. */
  namesOrganization: boolean;
}

/**
 * Decides what a presented key may do. Why a key is refused is told only to who has its secret.
 * @throws DomainError `api_key_invalid`, `api_key_revoked`, `api_key_expired`, `api_key_ip_not_allowed`,
 *   `organization_suspended`, `organization_header_not_allowed`
 */
export function judgeApiKey(onFile: KeyOnFile | undefined, shown: Presentation): Principal {
  if (!onFile || !shown.matches) throw new DomainError('api_key_invalid');
  const { key, organization } = onFile;
  if (key.revokedAt) throw new DomainError('api_key_revoked');
  if (key.expiresAt && key.expiresAt <= shown.now) throw new DomainError('api_key_expired');
  if (!isAddressAllowed(shown.address, key.ipAllowlist)) throw new DomainError('api_key_ip_not_allowed');
  if (organization.status === 'suspended') throw new DomainError('organization_suspended');
  if (shown.namesOrganization) throw new DomainError('organization_header_not_allowed');
  return { kind: 'api_key', id: key.id, scope: TenantScope.of(organization.id, key.environment === 'live'), scopes: key.scopes };
}
