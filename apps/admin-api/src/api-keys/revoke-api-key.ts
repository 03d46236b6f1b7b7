import { Injectable } from '@nestjs/common';
import type { Access } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { auditedKey, keyDeed } from './audited-key.js';
import type { ApiKeyResponse } from './dto/api-key.response.js';
import { findKey } from './find-key.js';
import { requireAuthorityOver } from './granting-rules.js';
import { Grantors } from './grantor.js';
import type { KeyOwner } from './key-owner.js';
import { presentApiKey } from './present-api-key.js';

@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly changes: Changes,
    private readonly grantors: Grantors,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** Ends the key for good, everywhere and at once. A key revoked before stays as it is. @throws DomainError `api_key_not_found`, `scope_not_grantable` */
  async execute(owner: KeyOwner, access: Access, id: string): Promise<ApiKeyResponse> {
    return this.changes.run(async (change) => {
      const grantor = await this.grantors.of(access, change.session, change.now);
      const before = await findKey(this.keys, owner, id, change.session);
      requireAuthorityOver(grantor, before);
      const after = await this.keys.revoke(owner, before.id, change.now, change.session);
      if (!after) return presentApiKey(before, change.now);
      const deed = keyDeed(owner, 'revoked', after);
      await change.record({ ...deed, before: auditedKey(before), after: auditedKey(after) });
      change.accessChanged(deed.action);
      return presentApiKey(after, change.now);
    });
  }
}
