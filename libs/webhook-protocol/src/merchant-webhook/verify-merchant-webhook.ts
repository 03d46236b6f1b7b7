import { verifyEvent } from '../signing/event-headers.js';
import type { ReceivedNotification } from '../signing/received.js';
import type { WebhookVerification } from '../signing/webhook-verification.js';
import { isMerchantWebhook } from './merchant-body.js';
import type { MerchantWebhook } from './merchant-body.js';

/**
 * Checks a received merchant webhook: signature, age, and that headers and body agree. Never throws for anything a stranger can send.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function verifyMerchantWebhook(input: ReceivedNotification): WebhookVerification<MerchantWebhook> {
  return verifyEvent(input, isMerchantWebhook);
}
