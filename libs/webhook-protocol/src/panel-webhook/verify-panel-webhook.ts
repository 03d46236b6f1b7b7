import { verifyEvent } from '../signing/event-headers.js';
import type { ReceivedNotification } from '../signing/received.js';
import type { WebhookVerification } from '../signing/webhook-verification.js';
import { isPanelWebhook } from './panel-body.js';
import type { PanelWebhook } from './panel-body.js';

/**
 * Checks a received panel webhook: signature, age, and that headers and body agree. Never throws for anything a stranger can send.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function verifyPanelWebhook(input: ReceivedNotification): WebhookVerification<PanelWebhook> {
  return verifyEvent(input, isPanelWebhook);
}
