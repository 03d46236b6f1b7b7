export { buildNotificationBody } from './build-notification-body.js';
export type { NotificationContent } from './build-notification-body.js';
export { deliveryIdOfUuid, deliveryUuid, newDeliveryId } from './delivery-id.js';
export type { AmountFact } from './fact-limits.js';
export { judgeAnswer, parseRetryAfter } from './judge-answer.js';
export type { AttemptAnswer, Judgement } from './judge-answer.js';
export { makeTestHeaders } from './make-test-headers.js';
export type { TestHeadersInput, WebhookTestHeadersInput } from './make-test-headers.js';
export { MERCHANT_EVENTS, buildMerchantBody } from './merchant-webhook/merchant-body.js';
export type { DisabledEndpointFacts, MerchantEvent, MerchantFacts, MerchantWebhook } from './merchant-webhook/merchant-body.js';
export { MERCHANT_REFUND_STATUS, MERCHANT_TRANSACTION_STATUS } from './merchant-webhook/merchant-status.js';
export type {
  MerchantPayoutStatus,
  MerchantRefundState,
  MerchantRefundStatus,
  MerchantTransactionState,
  MerchantTransactionStatus,
} from './merchant-webhook/merchant-status.js';
export { verifyMerchantWebhook } from './merchant-webhook/verify-merchant-webhook.js';
export { NOTIFICATION_EVENTS, OPERATIONAL_EVENTS, transactionEvent } from './notification-events.js';
export type { EventsByFamily, WebhookFamily } from './notification-events.js';
export { NOTIFICATION_FAMILIES } from './notification-family.js';
export type { NotificationFamily } from './notification-family.js';
export { PANEL_EVENTS, buildPanelBody } from './panel-webhook/panel-body.js';
export type { PanelEvent, PanelFacts, PanelWebhook } from './panel-webhook/panel-body.js';
export { verifyPanelWebhook } from './panel-webhook/verify-panel-webhook.js';
export { buildPlatformBody } from './platform-webhook/platform-body.js';
export type {
  PlatformContent,
  PlatformDispute,
  PlatformDisputeFacts,
  PlatformFacts,
  PlatformMandate,
  PlatformPayment,
  PlatformPaymentFacts,
  PlatformRefund,
  PlatformRefundFacts,
  PlatformWebhook,
} from './platform-webhook/platform-body.js';
export { PLATFORM_EVENTS } from './platform-webhook/platform-event.js';
export type {
  PlatformDisputeEvent,
  PlatformEvent,
  PlatformMandateEvent,
  PlatformPaymentEvent,
  PlatformRefundEvent,
} from './platform-webhook/platform-event.js';
export { PLATFORM_HEADERS, signPlatformWebhook } from './platform-webhook/sign-platform-webhook.js';
export type { BasicCredentials, PlatformAttemptToSign, PlatformHeaders } from './platform-webhook/sign-platform-webhook.js';
export { hasPlatformSignature, verifyPlatformWebhook } from './platform-webhook/verify-platform-webhook.js';
export { MAX_RETRY_AFTER_SECONDS, RETRY_SCHEDULE_SECONDS, nextAttemptAt } from './retry-schedule.js';
export type { NextAttemptOptions } from './retry-schedule.js';
export { NOTIFICATION_HEADERS, signNotification } from './sign-notification.js';
export type { NotificationToSign } from './sign-notification.js';
export type { AttemptToSign } from './signing/attempt.js';
export { EVENT_HEADERS, hasEventSignature, signEvent } from './signing/event-headers.js';
export type { EventAttemptToSign, EventHeaders } from './signing/event-headers.js';
export type { CommonRefusal, ReceivedHeaders, ReceivedNotification } from './signing/received.js';
export { generateSigningSecret, isResponseHashKey, isSigningSecret } from './signing/signing-secret.js';
export { STANDARD_HEADERS } from './signing/standard-signature.js';
export type { StandardHeaders } from './signing/standard-signature.js';
export type { WebhookRefusal, WebhookVerification } from './signing/webhook-verification.js';
export { buildIpnBody, buildIpnTestBody, isIpnTest, isIpnV2, parseIpnBody } from './site-ipn/ipn-body.js';
export type { IpnFacts, IpnNotification, IpnTest, IpnTestFacts, IpnV1, IpnV2, IpnVersion } from './site-ipn/ipn-body.js';
export { IPN_STATUS, ipnStatus, isIpnStatusCode } from './site-ipn/ipn-status.js';
export type { IpnStatusCode, IpnStatusName } from './site-ipn/ipn-status.js';
export { IPN_HEADERS, signIpn } from './site-ipn/sign-ipn.js';
export type { IpnHeaders, SignIpnInput } from './site-ipn/sign-ipn.js';
export { verifyIpn } from './site-ipn/verify-ipn.js';
export type { IpnRefusal, IpnVerification, VerifyIpnInput } from './site-ipn/verify-ipn.js';
export { verifyNotification } from './verify-notification.js';
export type { VerificationByFamily } from './verify-notification.js';
