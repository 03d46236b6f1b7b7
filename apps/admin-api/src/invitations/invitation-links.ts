import { Injectable } from '@nestjs/common';
import { keyedHash, keyedHashCandidates, Keyring } from '@paygate/data-kit';
import { randomToken } from '@paygate/kernel';
import { RelyingParty } from '../passkeys/index.js';

const PURPOSE = 'invitation';
const TOKEN_LENGTH = 43;

/** The links invited people get. Their token is kept as a hash only, so a link is shown once. */
@Injectable()
export class InvitationLinks {
  constructor(
    private readonly keyring: Keyring,
    private readonly relyingParty: RelyingParty,
  ) {}

  issue(): { url: string; tokenHash: string } {
    const token = randomToken(TOKEN_LENGTH);
    // Behind the hash sign: browsers do not send it, so no server log holds it.
    return { url: `${this.relyingParty.origin}/sign-in#invitation=${token}`, tokenHash: keyedHash(this.keyring, PURPOSE, token) };
  }

  /** How the token may stand in the database: one hash per key of the ring. */
  hashesOf(token: string): string[] {
    return keyedHashCandidates(this.keyring, PURPOSE, token);
  }
}
