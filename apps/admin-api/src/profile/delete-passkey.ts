import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { PasskeysRepository } from '../passkeys/index.js';
import { SessionsRepository } from '../sessions/index.js';
import { UsersRepository } from '../users/index.js';
import { pathId } from '../validation-rules/index.js';

/** Whoever deletes a passkey may have lost its device: the other sessions it opened end too. */
@Injectable()
export class DeletePasskey {
  constructor(
    private readonly changes: Changes,
    private readonly passkeys: PasskeysRepository,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** @throws DomainError `passkey_not_found`, the same for another person's; `last_passkey` */
  async execute({ userId, sessionId }: { userId: string; sessionId: string }, id: string): Promise<void> {
    const passkeyId = pathId(id, 'passkey_not_found');
    await this.changes.run(async (change) => {
      const { session, now } = change;
      // Without the lock, two deletions at once would each see the passkey the other deletes.
      await this.users.lockPasskeysForOperators(userId, session);
      const passkeys = await this.passkeys.listOfUser(userId, session);
      const passkey = passkeys.find((candidate) => candidate.id === passkeyId);
      if (!passkey) throw new DomainError('passkey_not_found');
      if (passkeys.length === 1) throw new DomainError('last_passkey');
      await this.passkeys.removeOfUser(userId, passkeyId, session);
      const endedSessions = await this.sessions.endOfPasskeyForOperators({ userId, passkeyId, except: sessionId }, now, session);
      const { label, createdAt } = passkey;
      const resource = { type: 'passkey', id: passkeyId, name: label };
      await change.record({ action: 'passkey.deleted', resource, before: { userId, label, createdAt }, after: { endedSessions } });
      change.accessChanged('passkey.deleted');
    });
  }
}
