import { Injectable } from '@nestjs/common';
import { FieldEncryption } from '@paygate/data-kit';
import { encryptionContext } from '@paygate/messages';

/** Named secrets of a provider account, e.g. `secretKey`, `webhookSecret`. */
export type Credentials = Record<string, string>;

/** Keeps credentials encrypted and bound to their provider. */
@Injectable()
export class ProviderCredentials {
  constructor(private readonly encryption: FieldEncryption) {}

  seal(providerId: string, credentials: Credentials): string {
    return this.encryption.encrypt(JSON.stringify(credentials), encryptionContext.providerCredentials(providerId));
  }

  open(providerId: string, sealed: string): Credentials {
    return JSON.parse(this.encryption.decrypt(sealed, encryptionContext.providerCredentials(providerId))) as Credentials;
  }
}
