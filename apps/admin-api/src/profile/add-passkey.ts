import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { Ceremonies, PasskeyVerifier, readCredential, RegisterPasskey } from '../passkeys/index.js';
import type { Passkey } from '../passkeys/index.js';
import { GetSettings } from './get-settings.js';

export interface PasskeyAnswer {
  /** The ceremony cookie as the browser sent it. */
  cookie: string | undefined;
  /** The credential in JSON, unchecked. */
  response: unknown;
  label?: string;
}

/** Second half of adding another passkey. */
@Injectable()
export class AddPasskey {
  constructor(
    private readonly changes: Changes,
    private readonly people: GetSettings,
    private readonly ceremonies: Ceremonies,
    private readonly verifier: PasskeyVerifier,
    private readonly registering: RegisterPasskey,
  ) {}

  /** @throws DomainError `validation_failed`, `challenge_invalid`, `passkey_rejected`, `already_exists`, `conflict` */
  async execute(userId: string, { cookie, response, label }: PasskeyAnswer): Promise<Passkey> {
    const credential = readCredential(response);
    const { challenge, subject } = await this.ceremonies.finish(cookie, 'registration');
    // The challenge was given to one person; another who is signed in in the same browser cannot use it.
    const isMine = subject.for === 'user' && subject.userId === userId;
    if (!isMine || credential.kind !== 'registration') throw new DomainError('challenge_invalid');
    const made = await this.verifier.verifyRegistration(credential.response, challenge);
    const user = await this.people.execute(userId);
    return this.changes.run((change) => this.registering.execute(change, user, made, label));
  }
}
