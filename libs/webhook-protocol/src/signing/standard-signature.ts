import { createHmac } from 'node:crypto';
import { bytesOf, readHeader, readSentAt, secretsOf } from './received.js';
import type { CommonRefusal, ReceivedNotification } from './received.js';
import { sameText } from './same-text.js';
import type { SigningKeys } from './signing-secret.js';

/** The headers of the Standard Webhooks specification, which every family carries beside its own. */
export const STANDARD_HEADERS = { id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' } as const;

export type StandardHeaders = Record<(typeof STANDARD_HEADERS)[keyof typeof STANDARD_HEADERS], string>;

/** What was signed: an attempt, and what the receiver knows it by. */
export interface SignedAttempt {
  id: string;
  /** Unix seconds. */
  seconds: string;
  body: string | Uint8Array;
}

/** One signature for each live secret, separated by a space. */
export function standardHeaders(keys: readonly SigningKeys[], attempt: SignedAttempt): StandardHeaders {
  return {
    [STANDARD_HEADERS.id]: attempt.id,
    [STANDARD_HEADERS.timestamp]: attempt.seconds,
    [STANDARD_HEADERS.signature]: keys.map((key) => standardSignature(key, attempt)).join(' '),
  };
}

/** `v1,` and the base64 HMAC-SHA256 of `{id}.{timestamp}.{body}`. */
function standardSignature(keys: SigningKeys, { id, seconds, body }: SignedAttempt): string {
  return `v1,${createHmac('sha256', keys.standard).update(`${id}.${seconds}.`).update(body).digest('base64')}`;
}

/** Whether one of the received signatures was made with one of the keys. */
export function hasStandardSignature(keys: readonly SigningKeys[], attempt: SignedAttempt, signatures: string): boolean {
  const received = signatures.split(' ');
  return keys.some((key) => {
    const expected = standardSignature(key, attempt);
    return received.some((signature) => sameText(signature, expected));
  });
}

export type StandardProof = { id: string; seconds: string; sentAt: Date } | { refused: CommonRefusal };

/** Checks the Standard Webhooks headers of a notification: they prove id, time and body together. */
export function proveStandard(input: ReceivedNotification, keysOf: (secret: string) => SigningKeys): StandardProof {
  const keys = secretsOf(input).map(keysOf);
  const id = readHeader(input.headers, STANDARD_HEADERS.id);
  const seconds = readHeader(input.headers, STANDARD_HEADERS.timestamp);
  const signatures = readHeader(input.headers, STANDARD_HEADERS.signature);
  if (id === undefined || seconds === undefined || signatures === undefined) return { refused: 'header_missing' };
  const sentAt = readSentAt(seconds, input);
  if (typeof sentAt === 'string') return { refused: sentAt };
  if (!hasStandardSignature(keys, { id, seconds, body: bytesOf(input) }, signatures)) return { refused: 'signature_mismatch' };
  return { id, seconds, sentAt };
}
