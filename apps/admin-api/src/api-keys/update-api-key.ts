import { Injectable } from '@nestjs/common';
import type { Access } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { readAddressList } from './address-list.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { KeyChange } from './api-keys.repository.js';
import { auditedKey, keyDeed } from './audited-key.js';
import type { ApiKeyResponse } from './dto/api-key.response.js';
import type { UpdateApiKeyBody } from './dto/update-api-key.body.js';
import { findKey } from './find-key.js';
import { readScopes } from './granted-scopes.js';
import { requireAuthorityOver, requireChangeAllowed, requireNotRevoked, revokedKey } from './granting-rules.js';
import { Grantors } from './grantor.js';
import type { KeyOwner } from './key-owner.js';
import { presentApiKey } from './present-api-key.js';
import { readExpiry } from './read-expiry.js';

@Injectable()
export class UpdateApiKey {
  constructor(
    private readonly changes: Changes,
    private readonly grantors: Grantors,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** @throws DomainError `validation_failed`, `api_key_not_found`, `invalid_transition`, `scope_not_grantable`, `api_key_limits_exceeded` */
  async execute(owner: KeyOwner, access: Access, id: string, body: UpdateApiKeyBody): Promise<ApiKeyResponse> {
    return this.changes.run(async (change) => {
      const wanted = readChange(owner, body, change.now);
      const grantor = await this.grantors.of(access, change.session, change.now);
      const before = await findKey(this.keys, owner, id, change.session);
      requireAuthorityOver(grantor, before);
      requireNotRevoked(before);
      requireChangeAllowed(grantor, before, wanted);
      const after = await this.keys.update(owner, before.id, wanted, change.session);
      if (!after) throw revokedKey();
      const deed = keyDeed(owner, 'updated', after);
      await change.record({ ...deed, before: auditedKey(before), after: auditedKey(after) });
      change.accessChanged(deed.action);
      return presentApiKey(after, change.now);
    });
  }
}

function readChange(owner: KeyOwner, body: UpdateApiKeyBody, now: Date): KeyChange {
  return {
    name: body.name,
    scopes: body.scopes && readScopes(owner, body.scopes),
    ipAllowlist: body.ipAllowlist && readAddressList(body.ipAllowlist),
    expiresAt: typeof body.expiresAt === 'string' ? readExpiry(body.expiresAt, now) : body.expiresAt,
  };
}
