import { Injectable } from '@nestjs/common';
import type { Access } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { auditedKey, keyDeed } from './audited-key.js';
import { findKey } from './find-key.js';
import { requireAuthorityOver } from './granting-rules.js';
import { Grantors } from './grantor.js';
import type { KeyOwner } from './key-owner.js';

@Injectable()
export class DeleteApiKey {
  constructor(
    private readonly changes: Changes,
    private readonly grantors: Grantors,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** The key stops working at once; what it was remains in the audit log. @throws DomainError `api_key_not_found`, `scope_not_grantable` */
  async execute(owner: KeyOwner, access: Access, id: string): Promise<void> {
    await this.changes.run(async (change) => {
      const grantor = await this.grantors.of(access, change.session, change.now);
      const key = await findKey(this.keys, owner, id, change.session);
      requireAuthorityOver(grantor, key);
      await this.keys.remove(owner, key.id, change.session);
      const deed = keyDeed(owner, 'deleted', key);
      await change.record({ ...deed, before: auditedKey(key) });
      change.accessChanged(deed.action);
    });
  }
}
