import { createHmac } from 'node:crypto';
import { keysOfAttempt, unixSeconds } from '../signing/attempt.js';
import type { AttemptToSign } from '../signing/attempt.js';
import { platformSigningKeys } from '../signing/signing-secret.js';
import type { SigningKeys } from '../signing/signing-secret.js';
import { standardHeaders } from '../signing/standard-signature.js';
import type { StandardHeaders } from '../signing/standard-signature.js';

/** Names of the family's own headers, in the spelling they are sent with. */
export const PLATFORM_HEADERS = { signature512: 'x-webhook-signature-512', signature256: 'x-webhook-signature-256' } as const;

export type PlatformHeaders = Record<(typeof PLATFORM_HEADERS)[keyof typeof PLATFORM_HEADERS], string> &
  StandardHeaders & { Authorization?: string };

/** `webhook_username` and `webhook_password` of the merchant. */
export interface BasicCredentials {
  username: string;
  password: string;
}

export interface PlatformAttemptToSign extends AttemptToSign {
  /** Sent as an `Authorization: Basic` header when the merchant has configured them. */
  credentials?: BasicCredentials;
}

/**
 * The headers of one attempt. A secret is `whsec_…` or the merchant's response hash key.
 * @throws TypeError for a missing or malformed secret
 * @throws RangeError for credentials that a Basic header cannot carry
 */
export function signPlatformWebhook(input: PlatformAttemptToSign): PlatformHeaders {
  const { current, all } = keysOfAttempt(input.secrets, platformSigningKeys);
  return {
    ...(input.credentials ? { Authorization: basicAuthorization(input.credentials) } : {}),
    [PLATFORM_HEADERS.signature512]: bodySignature('sha512', current, input.body),
    [PLATFORM_HEADERS.signature256]: bodySignature('sha256', current, input.body),
    ...standardHeaders(all, { id: input.deliveryId, seconds: unixSeconds(input.timestamp), body: input.body }),
  };
}

/** Hexadecimal HMAC of the body. */
export function bodySignature(algorithm: 'sha256' | 'sha512', keys: SigningKeys, body: string | Uint8Array): string {
  return createHmac(algorithm, keys.plain).update(body).digest('hex');
}

/** RFC 7617, in UTF-8. The messages must not repeat the values: errors are logged. */
function basicAuthorization({ username, password }: BasicCredentials): string {
  if (username.includes(':')) throw new RangeError('a user name with a colon cannot be told from its password');
  if (hasControlCharacter(username + password)) throw new RangeError('credentials cannot contain control characters');
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
