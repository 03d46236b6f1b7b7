import { Injectable } from '@nestjs/common';
import { FieldEncryption } from '@paygate/data-kit';
import { encryptionContext } from '@paygate/messages';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import type { StoredSigningSecret } from './site.schema.js';

/** The secrets that sign a site's notifications: made here, stored encrypted, bound to their site. */
@Injectable()
export class SigningSecrets {
  constructor(private readonly encryption: FieldEncryption) {}

  generate(siteId: string, now: Date): StoredSigningSecret {
    const ciphertext = this.encryption.encrypt(generateSigningSecret(), encryptionContext.siteSigningSecret(siteId));
    return { ciphertext, createdAt: now };
  }

  /** The secret new notifications are signed with. For showing it once to its owner; never log it. */
  reveal(siteId: string, secrets: readonly StoredSigningSecret[]): string | undefined {
    const current = secrets.find(({ validUntil }) => validUntil === undefined);
    return current && this.encryption.decrypt(current.ciphertext, encryptionContext.siteSigningSecret(siteId));
  }
}
