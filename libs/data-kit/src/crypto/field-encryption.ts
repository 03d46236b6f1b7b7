import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.js';

/** Why a stored ciphertext could not be read. */
export type DecryptionProblem = 'malformed' | 'unknown_key' | 'not_authentic';

const MESSAGES: Record<DecryptionProblem, string> = {
  malformed: 'the stored value is not a ciphertext of this platform',
  unknown_key: 'the stored value was encrypted with a key that is not in the ring; add that key to the end of the list',
  not_authentic: 'the stored value was altered, or belongs to another record or field',
};

/** Says what is wrong with a ciphertext, never what it holds. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';

  constructor(
    readonly problem: DecryptionProblem,
    readonly keyId?: string,
  ) {
    super(`Cannot decrypt: ${MESSAGES[problem]}${keyId === undefined ? '' : ` (key "${keyId}")`}.`);
  }
}

const VERSION = 'v1';
const PURPOSE = 'field-encryption';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHERTEXT = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

/**
 * Encrypts single fields with AES-256-GCM. Form: `v1.<keyId>.<iv>.<ciphertext and tag>`, each part base64url.
 *
 * `context` names the place the value belongs to, e.g. `site:<id>:webhookSecret`. It is authenticated together with the
 * key id, so a ciphertext copied into another record or field does not decrypt. New values use the first key of the
 * ring; values of every key in the ring can be read, which is how keys are rotated.
 */
export class FieldEncryption {
  constructor(private readonly keyring: Keyring) {}

  encrypt(plaintext: string, context: string): string {
    const keyId = this.keyring.currentKeyId;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keyring.derive(keyId, PURPOSE), iv);
    cipher.setAAD(additionalData(keyId, context));
    const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, keyId, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws DecryptionError */
  decrypt(ciphertext: string, context: string): string {
    const { keyId, iv, sealed } = parse(ciphertext);
    if (!this.keyring.has(keyId)) throw new DecryptionError('unknown_key', keyId);
    const decipher = createDecipheriv('aes-256-gcm', this.keyring.derive(keyId, PURPOSE), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(additionalData(keyId, context));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      // Node's error says only that authentication failed; ours says what that means here.
      throw new DecryptionError('not_authentic', keyId);
    }
  }

  /** True when the value was written with an older key and should be encrypted again. @throws DecryptionError `malformed` */
  needsRotation(ciphertext: string): boolean {
    return parse(ciphertext).keyId !== this.keyring.currentKeyId;
  }
}

function parse(ciphertext: string): { keyId: string; iv: Buffer; sealed: Buffer } {
  const [, keyId, iv, sealed] = CIPHERTEXT.exec(ciphertext) ?? [];
  if (keyId === undefined || iv === undefined || sealed === undefined) throw new DecryptionError('malformed');
  const bytes = Buffer.from(sealed, 'base64url');
  // Base64url has several spellings of the same bytes; only ours is taken, so that equal values have equal text.
  if (bytes.toString('base64url') !== sealed) throw new DecryptionError('malformed');
  return { keyId, iv: Buffer.from(iv, 'base64url'), sealed: bytes };
}

function additionalData(keyId: string, context: string): Buffer {
  // A key id has no dot, so no two pairs of key id and context give the same bytes.
  return Buffer.from(`${VERSION}.${keyId}.${context}`, 'utf8');
}
