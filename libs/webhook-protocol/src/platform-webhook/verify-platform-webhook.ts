import { bytesOf, readHeader, secretsOf } from '../signing/received.js';
import type { ReceivedNotification } from '../signing/received.js';
import { sameText } from '../signing/same-text.js';
import { platformSigningKeys } from '../signing/signing-secret.js';
import { verifyWebhook } from '../signing/webhook-verification.js';
import type { WebhookVerification } from '../signing/webhook-verification.js';
import { isPlatformWebhook } from './platform-body.js';
import type { PlatformWebhook } from './platform-body.js';
import { PLATFORM_HEADERS, bodySignature } from './sign-platform-webhook.js';

/**
 * Checks a received platform webhook: signature, age, content. Never throws for anything a stranger can send.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function verifyPlatformWebhook(input: ReceivedNotification): WebhookVerification<PlatformWebhook> {
  return verifyWebhook(input, { keysOf: platformSigningKeys, isKnown: isPlatformWebhook, repeated: () => ({}) });
}

/**
 * Whether `x-webhook-signature-512` alone is right. It says nothing about when and how often this body was sent.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function hasPlatformSignature(input: Pick<ReceivedNotification, 'secret' | 'headers' | 'body'>): boolean {
  const received = readHeader(input.headers, PLATFORM_HEADERS.signature512);
  const expected = secretsOf(input).map((secret) => bodySignature('sha512', platformSigningKeys(secret), bytesOf(input)));
  return received !== undefined && expected.some((signature) => sameText(received, signature));
}
