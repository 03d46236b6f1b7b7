import { Injectable } from '@nestjs/common';
import type { IdempotencyClaim } from '@paygate/messages';
import type { Access } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { auditedKey, keyDeed } from './audited-key.js';
import type { IssuedApiKeyResponse } from './dto/api-key.response.js';
import type { RotateApiKeyBody } from './dto/rotate-api-key.body.js';
import { findKey } from './find-key.js';
import { requireAuthorityOver, requireLifetimeOver, requireNotRevoked, revokedKey } from './granting-rules.js';
import { Grantors } from './grantor.js';
import type { KeyOwner } from './key-owner.js';
import { KeySecrets } from './key-secrets.js';
import { withNewSecret, writeKey } from './key-text.js';
import { ownOperation } from './own-operation.js';
import { presentIssuedApiKey } from './present-api-key.js';

@Injectable()
export class RotateApiKey {
  constructor(
    private readonly changes: Changes,
    private readonly grantors: Grantors,
    private readonly keys: ApiKeysRepository,
    private readonly secrets: KeySecrets,
  ) {}

  /**
   * Gives the key a new secret. The one it has works on for the grace period; one left from an earlier rotation does not.
   * @throws DomainError `api_key_not_found`, `invalid_transition`, `scope_not_grantable`, `api_key_limits_exceeded`
   */
  async execute(
    owner: KeyOwner,
    access: Access,
    id: string,
    { gracePeriodMinutes = 0 }: RotateApiKeyBody,
    claim: IdempotencyClaim | undefined,
  ): Promise<IssuedApiKeyResponse> {
    return this.changes.once(owner.scope ?? 'platform', ownOperation(owner, 'rotate', access), claim, async (change) => {
      const grantor = await this.grantors.of(access, change.session, change.now);
      const before = await findKey(this.keys, owner, id, change.session);
      requireAuthorityOver(grantor, before);
      requireLifetimeOver(grantor, before);
      requireNotRevoked(before);
      const parts = withNewSecret(before);
      const validUntil = new Date(change.now.getTime() + gracePeriodMinutes * 60_000);
      const previous = gracePeriodMinutes > 0 ? { hash: before.secretHash, validUntil } : undefined;
      const key = await this.keys.replaceSecret(owner, before.id, { secretHash: this.secrets.hash(parts), previous }, change.session);
      if (!key) throw revokedKey();
      const deed = keyDeed(owner, 'rotated', key);
      await change.record({ ...deed, before: auditedKey(before), after: auditedKey(key) });
      change.accessChanged(deed.action);
      return presentIssuedApiKey({ key, apiKey: writeKey(parts) }, change.now);
    });
  }
}
