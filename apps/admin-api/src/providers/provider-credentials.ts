import { Injectable, Logger } from '@nestjs/common';
import { DecryptionError, FieldEncryption } from '@paygate/data-kit';
import { encryptionContext } from '@paygate/messages';
import type { Credentials } from '@paygate/payments-domain';

/** Keeps credentials encrypted and bound to their provider. */
@Injectable()
export class ProviderCredentials {
  private readonly logger = new Logger(ProviderCredentials.name);

  constructor(private readonly encryption: FieldEncryption) {}

  seal(providerId: string, credentials: Credentials): string {
    return this.encryption.encrypt(JSON.stringify(credentials), encryptionContext.providerCredentials(providerId));
  }

  /** @throws DecryptionError */
  open(providerId: string, sealed: string): Credentials {
    return JSON.parse(this.encryption.decrypt(sealed, encryptionContext.providerCredentials(providerId))) as Credentials;
  }

  /** None where the key they were encrypted with is gone: the provider can still be shown, and given new ones. */
  openIfReadable(providerId: string, sealed: string): Credentials {
    try {
      return this.open(providerId, sealed);
    } catch (error) {
      if (!(error instanceof DecryptionError)) throw error;
      this.logger.error(error, `the credentials of provider ${providerId} cannot be read`);
      return {};
    }
  }
}
