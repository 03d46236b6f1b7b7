import { verifyMerchantWebhook } from './merchant-webhook/verify-merchant-webhook.js';
import type { MerchantWebhook } from './merchant-webhook/merchant-body.js';
import type { NotificationFamily } from './notification-family.js';
import { verifyPanelWebhook } from './panel-webhook/verify-panel-webhook.js';
import type { PanelWebhook } from './panel-webhook/panel-body.js';
import type { PlatformWebhook } from './platform-webhook/platform-body.js';
import { verifyPlatformWebhook } from './platform-webhook/verify-platform-webhook.js';
import type { ReceivedNotification } from './signing/received.js';
import type { WebhookVerification } from './signing/webhook-verification.js';
import { verifyIpn } from './site-ipn/verify-ipn.js';
import type { IpnVerification } from './site-ipn/verify-ipn.js';

export interface VerificationByFamily {
  site_ipn: IpnVerification;
  merchant_webhook: WebhookVerification<MerchantWebhook>;
  platform_webhook: WebhookVerification<PlatformWebhook>;
  panel_webhook: WebhookVerification<PanelWebhook>;
}

const VERIFIERS: { readonly [F in NotificationFamily]: (input: ReceivedNotification) => VerificationByFamily[F] } = {
  site_ipn: verifyIpn,
  merchant_webhook: verifyMerchantWebhook,
  platform_webhook: verifyPlatformWebhook,
  panel_webhook: verifyPanelWebhook,
};

/**
 * Checks a received notification of a family. Never throws for anything a stranger can send.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function verifyNotification<F extends NotificationFamily>(family: F, input: ReceivedNotification): VerificationByFamily[F] {
  return VERIFIERS[family](input);
}
