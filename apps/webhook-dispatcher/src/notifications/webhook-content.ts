import type {
  EndpointDisabled,
  EndpointFamily,
  RefundStatusChanged,
  SendTransactionCommand,
  TransactionStatusChanged,
} from '@paygate/messages';
import { buildNotificationBody, transactionEvent } from '@paygate/webhook-protocol';
import type { NotificationContent, PlatformFacts } from '@paygate/webhook-protocol';

/** A webhook that can be sent: the name of its event and its bytes. */
export interface WebhookContent {
  event: string;
  body: string;
}

/** To whom and because of what. */
export interface WebhookOccasion {
  family: EndpointFamily;
  /** What platform bodies call the merchant. */
  merchantId: string;
  /** The same to every endpoint. */
  eventId: string;
}

type TransactionFacts = Pick<
  TransactionStatusChanged & SendTransactionCommand,
  'transactionId' | 'checkoutId' | 'status' | 'amount' | 'currency' | 'externalReference' | 'payer'
> & { occurredAt: string; createdAt?: string };

/**
 * Undefined where the family has no event for the status.
 * @throws RangeError when a fact does not fit into the body
 */
export function transactionContent(occasion: WebhookOccasion, facts: TransactionFacts): WebhookContent | undefined {
  const { family } = occasion;
  const occurredAt = new Date(facts.occurredAt);
  const { amount, currency, transactionId, checkoutId, status } = facts;
  const createdAt = facts.createdAt === undefined ? occurredAt : new Date(facts.createdAt);
  if (family === 'merchant_webhook') {
    const event = transactionEvent(family, status);
    if (event !== 'transaction.status_changed') return undefined;
    const dates = { createdAt, updatedAt: occurredAt };
    return contentOf({ family, facts: { event, transactionId, orderId: checkoutId, status, amount, currency, ...dates } });
  }
  if (family === 'panel_webhook') {
    const event = transactionEvent(family, status);
    if (event !== 'payment.completed' && event !== 'payment.failed') return undefined;
    const orderId = facts.externalReference ?? checkoutId;
    return contentOf({ family, facts: { event, orderId, payer: facts.payer ?? '', amount, currency, occurredAt } });
  }
  const event = transactionEvent(family, status);
  if (event !== 'payment_succeeded' && event !== 'payment_failed' && event !== 'payment_processing' && event !== 'payment_cancelled') {
    return undefined;
  }
  const amountReceived = event === 'payment_succeeded' ? amount : 0;
  const payment = { paymentId: transactionId, amount, currency, amountReceived, orderReference: facts.externalReference, createdAt };
  return contentOf({ family, facts: { ...envelope(occasion, occurredAt), event, payment } });
}

/** As {@link transactionContent}. */
export function refundContent(occasion: WebhookOccasion, facts: RefundStatusChanged): WebhookContent | undefined {
  const { family } = occasion;
  const { refundId, transactionId, checkoutId, status, amount, currency } = facts;
  const occurredAt = new Date(facts.occurredAt);
  const createdAt = facts.createdAt === undefined ? occurredAt : new Date(facts.createdAt);
  if (family === 'merchant_webhook') {
    const ids = { refundId, transactionId, orderId: checkoutId ?? transactionId };
    return contentOf({
      family,
      facts: { event: 'refund.status_changed', ...ids, status, amount, currency, createdAt, updatedAt: occurredAt },
    });
  }
  if (family === 'panel_webhook' || status === 'pending') return undefined;
  const event = status === 'succeeded' ? 'refund_succeeded' : 'refund_failed';
  const refund = { refundId, paymentId: transactionId, amount, currency, createdAt };
  return contentOf({ family, facts: { ...envelope(occasion, occurredAt), event, refund } });
}

/** Only the merchant family has words for it; the events of the others are fixed. */
export function disabledEndpointContent({ family }: WebhookOccasion, facts: EndpointDisabled): WebhookContent | undefined {
  if (family !== 'merchant_webhook') return undefined;
  const { endpointId, siteId, url, reason, consecutiveFailures } = facts;
  const times = { failingSince: new Date(facts.failingSince), disabledAt: new Date(facts.disabledAt) };
  return contentOf({ family, facts: { event: 'endpoint.disabled', endpointId, siteId, url, reason, consecutiveFailures, ...times } });
}

/** Announces nothing. */
export function testContent(occasion: WebhookOccasion, now: Date): WebhookContent {
  const { family } = occasion;
  if (family === 'merchant_webhook') return contentOf({ family, facts: { event: 'webhook.test', createdAt: now } });
  if (family === 'panel_webhook') return contentOf({ family, facts: { event: 'webhook.test', occurredAt: now } });
  return contentOf({ family, facts: { ...envelope(occasion, now), event: 'webhook_test' } });
}

function envelope(
  { merchantId, eventId }: WebhookOccasion,
  occurredAt: Date,
): Pick<PlatformFacts, 'merchantId' | 'eventId' | 'occurredAt'> {
  return { merchantId, eventId, occurredAt };
}

function contentOf(content: Exclude<NotificationContent, { family: 'site_ipn' }>): WebhookContent {
  return { event: content.facts.event, body: buildNotificationBody(content) };
}
