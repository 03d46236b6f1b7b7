import { Injectable } from '@nestjs/common';
import { FieldEncryption } from '@paygate/data-kit';
import type { EndpointCredentials } from '@paygate/messages';
import type { GivenHeader } from './endpoint-rules.js';
import type { EndpointRow, SealedSecret } from './endpoint.schema.js';

type Sealed = Pick<EndpointRow, '_id' | 'headers' | 'credentials' | 'secrets'>;

/** Of 32 random characters: too few to make the rest any easier to guess. */
const PREVIEW_LENGTH = 4;

/** Encrypts what an endpoint keeps secret. Each ciphertext is bound to its endpoint and use. */
@Injectable()
export class EndpointSecrets {
  constructor(private readonly encryption: FieldEncryption) {}

  sealSecret(endpointId: string, secret: string): SealedSecret {
    return {
      ciphertext: this.encryption.encrypt(secret, context(endpointId, 'signing-secret')),
      preview: secret.slice(-PREVIEW_LENGTH),
    };
  }

  sealHeaders(endpointId: string, headers: readonly GivenHeader[]): EndpointRow['headers'] {
    return headers.map(({ name, value }) => ({ name, ciphertext: this.encryption.encrypt(value, headerContext(endpointId, name)) }));
  }

  sealCredentials(endpointId: string, { username, password }: EndpointCredentials): EndpointRow['credentials'] {
    return { username, ciphertext: this.encryption.encrypt(password, context(endpointId, 'password')) };
  }

  /** The secrets that sign at this instant, the current one first. @throws DecryptionError */
  liveSecrets({ _id, secrets }: Sealed, now: Date): string[] {
    return secrets
      .filter((secret) => endOf(secret) > now.getTime())
      .sort((a, b) => (endOf(a) === endOf(b) ? 0 : endOf(b) - endOf(a)))
      .map((secret) => this.encryption.decrypt(secret.ciphertext, context(_id, 'signing-secret')));
  }

  /** @throws DecryptionError */
  headers({ _id, headers }: Sealed): GivenHeader[] {
    return headers.map(({ name, ciphertext }) => ({ name, value: this.encryption.decrypt(ciphertext, headerContext(_id, name)) }));
  }

  /** @throws DecryptionError */
  credentials({ _id, credentials }: Sealed): EndpointCredentials | undefined {
    if (!credentials) return undefined;
    return { username: credentials.username, password: this.encryption.decrypt(credentials.ciphertext, context(_id, 'password')) };
  }
}

function endOf({ validUntil }: SealedSecret): number {
  return validUntil?.getTime() ?? Number.POSITIVE_INFINITY;
}

function context(endpointId: string, use: string): string {
  return `endpoint:${endpointId}:${use}`;
}

function headerContext(endpointId: string, name: string): string {
  return context(endpointId, `header:${name.toLowerCase()}`);
}
