import { randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const RANDOM_BYTES = 24;
const BASE64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)';
const SIGNING_SECRET = new RegExp(`^${PREFIX}${BASE64}$`);
const HASH_KEY = new RegExp(`^${BASE64}$`);
/** A shorter key would be weaker than the secrets made here. */
const SHORTEST_HASH_KEY = 32;

/** The two readings of a secret. */
export interface SigningKeys {
  /** For a family's own headers: the secret as it is shown to the merchant, prefix included, in UTF-8. */
  plain: Buffer;
  /** For `webhook-signature`: the bytes that the base64 part stands for, as the Standard Webhooks libraries read it. */
  standard: Buffer;
}

/** A new signing secret: `whsec_` and 24 random bytes in base64, which need no padding. */
export function generateSigningSecret(): string {
  return PREFIX + randomBytes(RANDOM_BYTES).toString('base64');
}

export function isSigningSecret(value: unknown): value is string {
  return typeof value === 'string' && SIGNING_SECRET.test(value);
}

/** The form of a platform merchant's response hash key: base64 without a prefix, of at least 32 characters. */
export function isResponseHashKey(value: unknown): value is string {
  return typeof value === 'string' && value.length >= SHORTEST_HASH_KEY && HASH_KEY.test(value);
}

/** @throws TypeError unless it is `whsec_…` */
export function signingKeys(secret: string): SigningKeys {
  // The message must not repeat the value: errors are logged.
  if (!isSigningSecret(secret)) throw new TypeError('a signing secret is whsec_ followed by base64');
  return { plain: Buffer.from(secret, 'utf8'), standard: Buffer.from(secret.slice(PREFIX.length), 'base64') };
}

/** The platform family also signs with the response hash key of a merchant. @throws TypeError when it is neither */
export function platformSigningKeys(secret: string): SigningKeys {
  if (isResponseHashKey(secret)) return { plain: Buffer.from(secret, 'utf8'), standard: Buffer.from(secret, 'base64') };
  return signingKeys(secret);
}
