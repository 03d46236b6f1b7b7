import type { Deed } from '../audit-trail/index.js';
import type { ApiKey } from './api-key.js';
import type { KeyOwner } from './key-owner.js';
import { keyPrefix } from './key-text.js';

/** Where in the audit log a deed with a key stands, and what it is about. */
export function keyDeed(
  owner: KeyOwner,
  verb: 'created' | 'updated' | 'deleted' | 'revoked' | 'rotated',
  key: ApiKey,
): Omit<Deed, 'before' | 'after'> {
  return {
    action: `${owner.resource}.${verb}`,
    ...(owner.scope ? { scope: owner.scope } : {}),
    resource: { type: owner.resource, id: key.id, name: key.name },
  };
}

/** What the log tells of a key. The log masks the hashes; that they changed is worth telling. */
export function auditedKey(key: ApiKey): object {
  return {
    prefix: keyPrefix(key),
    name: key.name,
    environment: key.environment,
    scopes: key.scopes,
    ipAllowlist: key.ipAllowlist,
    expiresAt: key.expiresAt,
    revokedAt: key.revokedAt,
    secretHash: key.secretHash,
    graceUntil: key.previousSecret?.validUntil,
  };
}
