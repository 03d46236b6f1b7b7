import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { Ceremonies, PasskeyVerifier, readCredential, UsePasskey } from '../passkeys/index.js';
import type { Credential } from '../passkeys/index.js';
import { StartSession } from '../sessions/index.js';
import type { SessionTokens } from '../sessions/index.js';
import { UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import { RecordFailure } from './record-failure.js';
import { RegisterUser } from './register-user.js';

export interface SignedIn {
  user: User;
  tokens: SessionTokens;
}

export interface CeremonyAnswer {
  /** The ceremony cookie as the browser sent it. */
  cookie: string | undefined;
  /** The credential in JSON, unchecked. */
  response: unknown;
  /** Name for a new passkey. */
  label?: string;
}

/** Second half of signing in and of registering: checks what the device answered and opens a session. */
@Injectable()
export class CompleteSignIn {
  constructor(
    private readonly changes: Changes,
    private readonly ceremonies: Ceremonies,
    private readonly verifier: PasskeyVerifier,
    private readonly uses: UsePasskey,
    private readonly users: UsersRepository,
    private readonly registering: RegisterUser,
    private readonly sessions: StartSession,
    private readonly failures: RecordFailure,
  ) {}

  /**
   * @throws DomainError `validation_failed`, `challenge_invalid`, `passkey_rejected`, `user_disabled`; registering also
   *   `setup_completed`, `invitation_invalid`, `invitation_used`, `already_exists`
   */
  async execute({ cookie, response, label }: CeremonyAnswer): Promise<SignedIn> {
    const credential = readCredential(response);
    return this.failures.watch({ by: 'passkey', idOnDevice: credential.response.id }, () =>
      credential.kind === 'authentication' ? this.signIn(cookie, credential.response) : this.register(cookie, credential.response, label),
    );
  }

  private async signIn(
    cookie: string | undefined,
    response: Extract<Credential, { kind: 'authentication' }>['response'],
  ): Promise<SignedIn> {
    const { challenge } = await this.ceremonies.finish(cookie, 'authentication');
    const use = await this.uses.prove(response, challenge);
    return this.changes.run(async (change) => {
      const user = await this.users.findForOperators(use.passkey.userId, change.session);
      if (!user) throw new DomainError('passkey_rejected');
      if (user.disabledAt) throw new DomainError('user_disabled');
      await this.uses.record(change, use);
      return { user, tokens: await this.sessions.execute(change, user, use.passkey.id) };
    });
  }

  private async register(
    cookie: string | undefined,
    response: Extract<Credential, { kind: 'registration' }>['response'],
    label: string | undefined,
  ): Promise<SignedIn> {
    const { challenge, subject } = await this.ceremonies.finish(cookie, 'registration');
    // Another passkey of somebody who is signed in is registered in their profile.
    if (subject.for === 'user') throw new DomainError('challenge_invalid');
    const made = await this.verifier.verifyRegistration(response, challenge);
    return this.changes.run(async (change) => {
      const { user, passkey } = await this.registering.execute(change, subject, made, label);
      return { user, tokens: await this.sessions.execute(change, user, passkey.id) };
    });
  }
}
