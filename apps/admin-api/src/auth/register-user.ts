import { Injectable } from '@nestjs/common';
import { isDuplicateKey } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import type { Change } from '../changes/index.js';
import { RegisterPasskey } from '../passkeys/index.js';
import type { CeremonySubject, NewPasskey, Passkey } from '../passkeys/index.js';
import { actAs } from '../sessions/index.js';
import { newUser, UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import { InvitationGate } from './invitation-gate.js';
import { SetupRepository } from './setup/setup.repository.js';

/** A person who may register: the first administrator, or somebody invited. */
type Newcomer = Extract<CeremonySubject, { for: 'setup' | 'invitation' }>;

/** Creates a person with their first passkey. */
@Injectable()
export class RegisterUser {
  constructor(
    private readonly users: UsersRepository,
    private readonly passkeys: RegisterPasskey,
    private readonly setup: SetupRepository,
    private readonly invitations: InvitationGate,
  ) {}

  /** @throws DomainError `setup_completed`, `invitation_invalid`, `invitation_used`, `already_exists` */
  async execute(
    change: Change,
    newcomer: Newcomer,
    made: NewPasskey,
    label: string | undefined,
  ): Promise<{ user: User; passkey: Passkey }> {
    const globalAdmin = newcomer.for === 'setup' || newcomer.globalAdmin;
    const { userId: id, email, displayName } = newcomer;
    const user = newUser({ id, email, displayName, globalAdmin }, change.now);
    actAs(user);
    if (newcomer.for === 'setup') {
      await onDuplicate('setup_completed', () => this.setup.completeForOperators(id, change.now, change.session));
    }
    await onDuplicate('already_exists', () => this.users.insertForOperators(user, change.session));
    await change.record({
      action: 'user.created',
      resource: { type: 'user', id, name: email },
      after: { email, displayName, globalAdmin, by: newcomer.for },
    });
    const passkey = await this.passkeys.execute(change, user, made, label);
    if (newcomer.for === 'invitation') await this.invitations.accept(change, newcomer.invitationId, id);
    return { user, passkey };
  }
}

async function onDuplicate(code: ErrorCode, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isDuplicateKey(error) ? new DomainError(code) : error;
  }
}
