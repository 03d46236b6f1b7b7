import { Injectable } from '@nestjs/common';
import { keyedHash, Keyring, verifyKeyedHash } from '@paygate/data-kit';
import { randomToken } from '@paygate/kernel';
import type { ApiKey } from './api-key.js';
import type { KeyParts } from './key-text.js';

const PURPOSE = 'api-key-secret';

/** Hashes and compares the secrets of API keys. */
@Injectable()
export class KeySecrets {
  /** Compared with when there is no key, so that an unknown key id takes as long as a wrong secret. */
  private readonly nobody: string;

  constructor(private readonly keyring: Keyring) {
    this.nobody = keyedHash(keyring, PURPOSE, randomToken(32));
  }

  hash(parts: KeyParts): string {
    return keyedHash(this.keyring, PURPOSE, bound(parts));
  }

  /** True when the secret is the key's present one, or its previous one in the grace period after a rotation. */
  matches(parts: KeyParts, key: ApiKey | undefined, now: Date): boolean {
    const previous = key?.previousSecret;
    const graceHash = previous && now < previous.validUntil ? previous.hash : this.nobody;
    // Both comparisons always run: how long the answer takes must not tell which keys exist or were rotated.
    const isCurrent = verifyKeyedHash(this.keyring, PURPOSE, bound(parts), key?.secretHash ?? this.nobody);
    const isPrevious = verifyKeyedHash(this.keyring, PURPOSE, bound(parts), graceHash);
    return key !== undefined && key.environment === parts.environment && (isCurrent || isPrevious);
  }
}

/** A hash belongs to its key: copied to another record it opens nothing. */
function bound({ environment, keyId, secret }: KeyParts): string {
  return `${environment}.${keyId}.${secret}`;
}
