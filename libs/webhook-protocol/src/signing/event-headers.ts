import { createHmac } from 'node:crypto';
import { deliveryUuid } from '../delivery-id.js';
import type { AttemptToSign } from './attempt.js';
import { keysOfAttempt, unixSeconds } from './attempt.js';
import { bytesOf, readHeader, secretsOf } from './received.js';
import type { ReceivedNotification } from './received.js';
import { sameText } from './same-text.js';
import { signingKeys } from './signing-secret.js';
import type { SigningKeys } from './signing-secret.js';
import { standardHeaders } from './standard-signature.js';
import type { StandardHeaders } from './standard-signature.js';
import { verifyWebhook } from './webhook-verification.js';
import type { WebhookVerification } from './webhook-verification.js';

/** The headers that merchant and panel webhooks have in common, in the spelling they are sent with. */
export const EVENT_HEADERS = {
  event: 'X-Webhook-Event',
  deliveryId: 'X-Webhook-Delivery-Id',
  timestamp: 'X-Webhook-Timestamp',
  signature: 'X-Webhook-Signature',
} as const;

export type EventHeaders = Record<(typeof EVENT_HEADERS)[keyof typeof EVENT_HEADERS], string> & StandardHeaders;

export interface EventAttemptToSign extends AttemptToSign {
  /** The `event` of the body. */
  event: string;
}

/**
 * The headers of one attempt. The delivery id goes out as a UUID, in both places: receivers of these families keep it in fields of that type.
 * @throws TypeError for a missing or malformed secret
 * @throws RangeError for a delivery id that is not `dlv_…` or an event that cannot stand in a header
 */
export function signEvent(input: EventAttemptToSign): EventHeaders {
  if (!/^[a-z_.]{1,64}$/.test(input.event)) throw new RangeError('an event is 1 to 64 of a-z, _ and .');
  const { current, all } = keysOfAttempt(input.secrets, signingKeys);
  const seconds = unixSeconds(input.timestamp);
  const id = deliveryUuid(input.deliveryId);
  return {
    [EVENT_HEADERS.event]: input.event,
    [EVENT_HEADERS.deliveryId]: id,
    [EVENT_HEADERS.timestamp]: seconds,
    [EVENT_HEADERS.signature]: eventSignature(current, input.body),
    ...standardHeaders(all, { id, seconds, body: input.body }),
  };
}

/** @throws TypeError when the receiver's own secret is missing or malformed */
export function verifyEvent<N extends { event: string }>(
  input: ReceivedNotification,
  isKnown: (body: unknown) => body is N,
): WebhookVerification<N> {
  return verifyWebhook(input, {
    keysOf: signingKeys,
    isKnown,
    repeated: ({ id, seconds, body }) => ({
      [EVENT_HEADERS.event]: body['event'],
      [EVENT_HEADERS.deliveryId]: id,
      [EVENT_HEADERS.timestamp]: seconds,
    }),
  });
}

/**
 * Whether `X-Webhook-Signature` alone is right. It says nothing about when and how often this body was sent.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function hasEventSignature(input: Pick<ReceivedNotification, 'secret' | 'headers' | 'body'>): boolean {
  const received = readHeader(input.headers, EVENT_HEADERS.signature);
  const expected = secretsOf(input).map((secret) => eventSignature(signingKeys(secret), bytesOf(input)));
  return received !== undefined && expected.some((signature) => sameText(received, signature));
}

/** `sha256=` and the hexadecimal HMAC-SHA256 of the body. */
function eventSignature(keys: SigningKeys, body: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', keys.plain).update(body).digest('hex')}`;
}
