import { Injectable } from '@nestjs/common';
import { DomainError, newObjectId } from '@paygate/kernel';
import { Ceremonies, PasskeyVerifier } from '../passkeys/index.js';
import type { CeremonySubject, PasskeyHolder } from '../passkeys/index.js';
import { canonicalEmail, UsersRepository } from '../users/index.js';
import { InvitationGate } from './invitation-gate.js';
import { RecordFailure } from './record-failure.js';
import { SetupRepository } from './setup/setup.repository.js';
import { SetupToken } from './setup/setup-token.js';

/** Who wants in, and by what. */
export interface SignInWish {
  setupToken?: string;
  invitationToken?: string;
  email?: string;
  displayName?: string;
}

export interface BegunCeremony {
  ceremony: CeremonySubject['kind'];
  options: object;
  /** For the browser that asked. */
  cookie: string;
}

/** First half of signing in and of registering: gives the browser a challenge. */
@Injectable()
export class BeginSignIn {
  constructor(
    private readonly ceremonies: Ceremonies,
    private readonly verifier: PasskeyVerifier,
    private readonly users: UsersRepository,
    private readonly setup: SetupRepository,
    private readonly setupToken: SetupToken,
    private readonly failures: RecordFailure,
    private readonly invitations: InvitationGate,
  ) {}

  /** @throws DomainError `setup_token_invalid`, `setup_completed`, `already_exists`, `invitation_invalid`, `invitation_used`, `validation_failed` */
  async execute(wish: SignInWish): Promise<BegunCeremony> {
    const { setupToken, invitationToken } = wish;
    if (setupToken !== undefined && invitationToken !== undefined) throw invalid('invitationToken', 'absent when setupToken is given');
    if (setupToken !== undefined) return this.failures.watch({ by: 'setup token' }, () => this.beginSetup(setupToken, wish));
    if (wish.email !== undefined) throw invalid('email', 'absent without setupToken');
    if (invitationToken !== undefined) return this.failures.watch({ by: 'invitation' }, () => this.beginInvitation(invitationToken, wish));
    return this.beginAuthentication();
  }

  private async beginSetup(token: string, wish: SignInWish): Promise<BegunCeremony> {
    if (!(await this.setup.isOpenForOperators())) throw new DomainError('setup_completed');
    if (!this.setupToken.matches(token)) throw new DomainError('setup_token_invalid');
    const email = canonicalEmail(required('email', wish.email, 'an e-mail address'));
    const displayName = required('displayName', wish.displayName, 'the name of the person');
    if (await this.users.findByEmailForOperators(email))
      throw new DomainError('already_exists', 'Somebody has this e-mail address already.');
    const holder = { id: newObjectId(), email, displayName };
    return this.beginRegistration(holder, { kind: 'registration', for: 'setup', userId: holder.id, email, displayName });
  }

  /** Whoever has an account already signs in with it, and accepts the invitation then. */
  private async beginInvitation(token: string, wish: SignInWish): Promise<BegunCeremony> {
    const invitation = await this.invitations.findOpen(token);
    const email = canonicalEmail(invitation.email);
    if (await this.users.findByEmailForOperators(email)) return this.beginAuthentication();
    const displayName = required('displayName', wish.displayName, 'the name of the person');
    const holder = { id: newObjectId(), email, displayName };
    return this.beginRegistration(holder, {
      kind: 'registration',
      for: 'invitation',
      userId: holder.id,
      email,
      displayName,
      invitationId: invitation.id,
      globalAdmin: invitation.globalAdmin ?? false,
    });
  }

  private async beginRegistration(holder: PasskeyHolder, subject: CeremonySubject): Promise<BegunCeremony> {
    const options = await this.verifier.registrationOptions(holder, []);
    return { ceremony: 'registration', options, cookie: await this.ceremonies.begin(options.challenge, subject) };
  }

  private async beginAuthentication(): Promise<BegunCeremony> {
    const options = await this.verifier.authenticationOptions();
    return { ceremony: 'authentication', options, cookie: await this.ceremonies.begin(options.challenge, { kind: 'authentication' }) };
  }
}

function required(field: string, value: string | undefined, expected: string): string {
  if (value === undefined) throw DomainError.invalid({ field, code: 'required', message: `${field} is required.`, expected });
  return value;
}

function invalid(field: string, expected: string): DomainError {
  return DomainError.invalid({ field, code: 'unexpected', message: `${field} must be ${expected}.`, expected });
}
