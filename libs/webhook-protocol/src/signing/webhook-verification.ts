import { bytesOf, readHeader, readObject } from './received.js';
import type { CommonRefusal, ReceivedNotification } from './received.js';
import type { SigningKeys } from './signing-secret.js';
import { proveStandard } from './standard-signature.js';

/**
 * Why a webhook is refused. `header_mismatch`: a header that is not part of the signature contradicts the signed content.
 * `event_unknown`: genuine, but newer than this library; acknowledge it, or it is sent again.
 */
export type WebhookRefusal = CommonRefusal | 'header_mismatch' | 'event_unknown';

export type WebhookVerification<N> =
  /** `deliveryId`: the same on every attempt of this notification. */
  { ok: true; deliveryId: string; sentAt: Date; notification: N } | { ok: false; reason: WebhookRefusal };

export interface WebhookRules<N> {
  keysOf: (secret: string) => SigningKeys;
  /** Headers of the family that repeat what is proven, with the value they must have when they are there. */
  repeated: (proven: { id: string; seconds: string; body: Record<string, unknown> }) => Record<string, unknown>;
  isKnown: (body: unknown) => body is N;
}

/**
 * Verifies a webhook by its Standard Webhooks signature. The families' own signatures cover the body alone: with them, anybody who has
 * seen one webhook could send it again with a new timestamp and another id.
 */
export function verifyWebhook<N>(input: ReceivedNotification, rules: WebhookRules<N>): WebhookVerification<N> {
  const proof = proveStandard(input, rules.keysOf);
  if ('refused' in proof) return { ok: false, reason: proof.refused };
  const body = readObject(bytesOf(input));
  if (!body) return { ok: false, reason: 'body_unreadable' };
  const { id, seconds, sentAt } = proof;
  for (const [name, expected] of Object.entries(rules.repeated({ id, seconds, body }))) {
    const received = readHeader(input.headers, name);
    if (received !== undefined && received !== expected) return { ok: false, reason: 'header_mismatch' };
  }
  const notification: unknown = body;
  if (!rules.isKnown(notification)) return { ok: false, reason: 'event_unknown' };
  return { ok: true, deliveryId: id, sentAt, notification };
}
