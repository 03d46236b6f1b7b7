import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { PasskeysRepository } from '../passkeys/index.js';
import type { Passkey } from '../passkeys/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class RenamePasskey {
  constructor(
    private readonly changes: Changes,
    private readonly passkeys: PasskeysRepository,
  ) {}

  /** @throws DomainError `passkey_not_found`, the same for another person's */
  async execute(userId: string, id: string, label: string): Promise<Passkey> {
    const passkeyId = pathId(id, 'passkey_not_found');
    return this.changes.run(async (change) => {
      const passkey = await this.passkeys.findOfUser(userId, passkeyId, change.session);
      if (!passkey) throw new DomainError('passkey_not_found');
      await this.passkeys.renameOfUser(userId, passkeyId, label, change.session);
      const resource = { type: 'passkey', id: passkeyId, name: label };
      await change.record({ action: 'passkey.renamed', resource, before: { label: passkey.label }, after: { label } });
      return { ...passkey, label };
    });
  }
}
