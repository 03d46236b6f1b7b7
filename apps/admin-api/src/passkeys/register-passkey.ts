import { Injectable } from '@nestjs/common';
import { isDuplicateKey } from '@paygate/data-kit';
import { DomainError, newObjectId } from '@paygate/kernel';
import type { Change } from '../changes/index.js';
import { UsersRepository } from '../users/index.js';
import type { NewPasskey, PasskeyHolder } from './passkey-verifier.js';
import { PasskeysRepository } from './passkeys.repository.js';
import type { Passkey } from './passkeys.repository.js';

export const DEFAULT_PASSKEY_LABEL = 'Passkey';

/** Nobody has this many devices; each is a way in. */
const MOST_PASSKEYS = 20;

/** Keeps a verified new passkey. */
@Injectable()
export class RegisterPasskey {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly users: UsersRepository,
  ) {}

  /** @throws DomainError `already_exists` when this credential is registered, whoever's it is; `conflict` when there are too many */
  async execute(change: Change, holder: PasskeyHolder, made: NewPasskey, label = DEFAULT_PASSKEY_LABEL): Promise<Passkey> {
    const { session, now } = change;
    await this.users.lockPasskeysForOperators(holder.id, session);
    const known = await this.passkeys.listOfUser(holder.id, session);
    if (known.length >= MOST_PASSKEYS) throw new DomainError('conflict', `A person can have at most ${MOST_PASSKEYS} passkeys.`);
    const passkey: Passkey = { id: newObjectId(now), userId: holder.id, label, ...made, createdAt: now };
    try {
      await this.passkeys.insertForUser(passkey, session);
    } catch (error) {
      if (isDuplicateKey(error)) throw new DomainError('already_exists', 'This passkey is registered already.');
      throw error;
    }
    const { credentialId, backedUp, aaguid } = made;
    await change.record({
      action: 'passkey.registered',
      resource: { type: 'passkey', id: passkey.id, name: label },
      after: { userId: holder.id, label, backedUp, aaguid, idOnDevice: credentialId },
    });
    return passkey;
  }
}
