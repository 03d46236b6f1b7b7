import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { CEREMONY_SECONDS } from './ceremonies.js';
import type { Passkey } from './passkeys.repository.js';
import { RelyingParty } from './relying-party.js';

/** COSE numbers of Ed25519, ECDSA with P-256 and RSA PKCS#1, each with SHA-256: what every authenticator has one of. */
const ALGORITHMS = [-8, -7, -257];

/** A passkey that a device has just made. */
export type NewPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backedUp' | 'aaguid'>;

export interface PasskeyHolder {
  id: string;
  email: string;
  displayName: string;
}

/** Asks devices for passkeys and checks what they answer. The person must always be verified by the device itself. */
@Injectable()
export class PasskeyVerifier {
  constructor(private readonly relyingParty: RelyingParty) {}

  /** For making a passkey. @param known passkeys of the person, so that one device does not make two */
  registrationOptions(holder: PasskeyHolder, known: readonly Passkey[]): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: this.relyingParty.name,
      rpID: this.relyingParty.id,
      userID: Uint8Array.from(Buffer.from(holder.id, 'utf8')),
      userName: holder.email,
      userDisplayName: holder.displayName,
      timeout: CEREMONY_SECONDS * 1000,
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  /** For signing in with whichever passkey of this platform the device holds. */
  authenticationOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({ rpID: this.relyingParty.id, timeout: CEREMONY_SECONDS * 1000, userVerification: 'required' });
  }

  /** @throws DomainError `challenge_invalid` when it answers another challenge, `passkey_rejected` */
  async verifyRegistration(response: RegistrationResponseJSON, challenge: string): Promise<NewPasskey> {
    requireAnswerTo(challenge, response.response.clientDataJSON);
    const { verified, registrationInfo } = await orRejected(() =>
      verifyRegistrationResponse({ response, ...this.expected(challenge), supportedAlgorithmIDs: ALGORITHMS }),
    );
    if (!verified) throw new DomainError('passkey_rejected');
    const { credential, aaguid, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      backedUp: credentialBackedUp,
      aaguid,
    };
  }

  /**
   * The counter is returned, not judged: only after the signature is known to be right does it say anything.
   * @throws DomainError `challenge_invalid` when it answers another challenge, `passkey_rejected`
   */
  async verifyAuthentication(
    response: AuthenticationResponseJSON,
    challenge: string,
    passkey: Passkey,
  ): Promise<{ counter: number; backedUp: boolean }> {
    requireAnswerTo(challenge, response.response.clientDataJSON);
    const { verified, authenticationInfo } = await orRejected(() =>
      verifyAuthenticationResponse({
        response,
        ...this.expected(challenge),
        credential: { id: passkey.credentialId, publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')), counter: 0 },
      }),
    );
    if (!verified) throw new DomainError('passkey_rejected');
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  }

  private expected(challenge: string) {
    return {
      expectedChallenge: challenge,
      expectedOrigin: [...this.relyingParty.origins],
      expectedRPID: this.relyingParty.id,
      requireUserVerification: true,
    };
  }
}

/** The library says what is wrong by throwing plain errors; to the caller all of it is one refusal. */
async function orRejected<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    throw new DomainError('passkey_rejected', undefined, undefined, { cause: error });
  }
}

function requireAnswerTo(challenge: string, clientDataJSON: string): void {
  const data = readClientData(clientDataJSON);
  if (data['challenge'] !== challenge) throw new DomainError('challenge_invalid');
  // No page of ours stands in a frame of another site.
  if (data['crossOrigin'] === true) throw new DomainError('passkey_rejected');
}

function readClientData(clientDataJSON: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  } catch {
    // Falls through: no JSON is as wrong as JSON of another kind.
  }
  throw new DomainError('passkey_rejected');
}
