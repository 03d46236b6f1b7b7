import { randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const RANDOM_BYTES = 24;
const FORM = /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/;

/** A new signing secret: `whsec_` and 24 random bytes in base64, which need no padding. */
export function generateSigningSecret(): string {
  return PREFIX + randomBytes(RANDOM_BYTES).toString('base64');
}

export function isSigningSecret(value: unknown): value is string {
  return typeof value === 'string' && FORM.test(value);
}

/** The key of `X-Signature-HMAC-SHA256`: the secret as it is shown to the merchant, prefix included, in UTF-8. */
export function plainKey(secret: string): Buffer {
  return Buffer.from(checked(secret), 'utf8');
}

/** The key of `webhook-signature`: the bytes that the base64 part stands for, as the Standard Webhooks libraries read it. */
export function standardKey(secret: string): Buffer {
  return Buffer.from(checked(secret).slice(PREFIX.length), 'base64');
}

function checked(secret: string): string {
  // The message must not repeat the value: errors are logged.
  if (!isSigningSecret(secret)) throw new TypeError('a signing secret is whsec_ followed by base64');
  return secret;
}
