import { Injectable } from '@nestjs/common';
import { FieldEncryption } from '@paygate/data-kit';
import { encryptionContext } from '@paygate/messages';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import type { StoredSigningSecret } from './site.js';

const OVERLAP_MS = 24 * 3_600_000;
/** Each of them signs every notification. Who regenerates more often within a day gives up the oldest early. */
const MOST_SECRETS = 10;

/** A site's secrets after a new one was made. */
export interface RenewedSecrets {
  /** The new one first. */
  secrets: StoredSigningSecret[];
  /** Until then the one that was current signs on. */
  previousValidUntil: Date;
}

/** The secrets that sign a site's notifications: made here, stored encrypted, bound to their site. */
@Injectable()
export class SigningSecrets {
  constructor(private readonly encryption: FieldEncryption) {}

  generate(siteId: string, now: Date): StoredSigningSecret {
    const ciphertext = this.encryption.encrypt(generateSigningSecret(), encryptionContext.siteSigningSecret(siteId));
    return { ciphertext, createdAt: now };
  }

  /** Makes a new secret. The current one signs beside it for a day, so that receivers can change over. */
  renew(siteId: string, secrets: readonly StoredSigningSecret[], now: Date): RenewedSecrets {
    const previousValidUntil = new Date(now.getTime() + OVERLAP_MS);
    const previous = secrets
      .map((secret) => ({ ...secret, validUntil: secret.validUntil ?? previousValidUntil }))
      .filter(({ validUntil }) => validUntil > now)
      .sort((one, other) => other.validUntil.getTime() - one.validUntil.getTime());
    return { secrets: [this.generate(siteId, now), ...previous].slice(0, MOST_SECRETS), previousValidUntil };
  }

  /** The secret new notifications are signed with. For showing it once to its owner; never log it. */
  reveal(siteId: string, secrets: readonly StoredSigningSecret[]): string | undefined {
    const current = secrets.find(({ validUntil }) => validUntil === undefined);
    return current && this.encryption.decrypt(current.ciphertext, encryptionContext.siteSigningSecret(siteId));
  }
}
