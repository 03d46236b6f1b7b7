import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { PasskeyVerifier } from './passkey-verifier.js';
import { PasskeysRepository } from './passkeys.repository.js';
import type { Passkey } from './passkeys.repository.js';

/** A passkey whose use was proven, but not yet written down. */
export interface ProvenUse {
  passkey: Passkey;
  counter: number;
  backedUp: boolean;
}

/** Finds out whose passkey answered a challenge. */
@Injectable()
export class UsePasskey {
  constructor(
    private readonly changes: Changes,
    private readonly verifier: PasskeyVerifier,
    private readonly passkeys: PasskeysRepository,
  ) {}

  /** @throws DomainError `challenge_invalid`, `passkey_rejected` */
  async prove(response: AuthenticationResponseJSON, challenge: string): Promise<ProvenUse> {
    const passkey = await this.passkeys.findForAuthentication(response.id);
    if (!passkey) throw new DomainError('passkey_rejected');
    const { counter, backedUp } = await this.verifier.verifyAuthentication(response, challenge, passkey);
    // The person a discoverable passkey was made for stands on the device; it must be the one it is registered for here.
    if (response.response.userHandle !== Buffer.from(passkey.userId, 'utf8').toString('base64url'))
      throw new DomainError('passkey_rejected');
    if (isBehind(counter, passkey.counter)) await this.refuseCopy(passkey, counter);
    return { passkey, counter, backedUp };
  }

  /** Writes the use down, with what it is used for. @throws DomainError `passkey_rejected` when a copy was faster */
  async record(change: Change, { passkey, counter, backedUp }: ProvenUse): Promise<void> {
    const isFirst = await this.passkeys.recordUse(passkey.id, { counter, backedUp, at: change.now }, change.session);
    if (!isFirst) throw new DomainError('passkey_rejected');
  }

  private async refuseCopy(passkey: Passkey, counter: number): Promise<never> {
    await this.changes.run((change) =>
      change.record({
        action: 'passkey.clone_suspected',
        resource: { type: 'passkey', id: passkey.id, name: passkey.label },
        before: { userId: passkey.userId, counter: passkey.counter },
        after: { userId: passkey.userId, counter },
      }),
    );
    throw new DomainError('passkey_rejected');
  }
}

/** An authenticator that counts shows a higher number each time; one that does not, or whose copy was used, shows no more than before. */
function isBehind(counter: number, known: number): boolean {
  return (counter > 0 || known > 0) && counter <= known;
}
