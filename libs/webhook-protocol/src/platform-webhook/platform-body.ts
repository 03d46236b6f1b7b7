import { idFact, minorAmount } from '../fact-limits.js';
import type { AmountFact } from '../fact-limits.js';
import {
  PLATFORM_DISPUTE_STATUS,
  PLATFORM_EVENTS,
  PLATFORM_MANDATE_STATUS,
  PLATFORM_PAYMENT_STATUS,
  PLATFORM_REFUND_STATUS,
} from './platform-event.js';
import type {
  PlatformDisputeEvent,
  PlatformEvent,
  PlatformMandateEvent,
  PlatformPaymentEvent,
  PlatformRefundEvent,
} from './platform-event.js';

interface Envelope {
  merchantId: string;
  /** The same on every delivery of this event, to every endpoint. */
  eventId: string;
  occurredAt: Date;
}

interface Failure {
  code: string;
  message: string;
}

/** What a platform webhook announces. Ids have 1 to 64 characters, amounts are minor units. The status follows from the event. */
export type PlatformFacts = Envelope &
  (
    | { event: PlatformPaymentEvent; payment: PlatformPaymentFacts }
    | { event: PlatformRefundEvent; refund: PlatformRefundFacts }
    | { event: PlatformDisputeEvent; dispute: PlatformDisputeFacts }
    | { event: PlatformMandateEvent; mandate: { mandateId: string; createdAt: Date } }
    | { event: 'webhook_test' }
  );

export interface PlatformPaymentFacts extends AmountFact {
  paymentId: string;
  /** What the merchant has of it so far. */
  amountReceived: number;
  /** The merchant's own order reference. */
  orderReference?: string;
  failure?: Failure;
  createdAt: Date;
}

export interface PlatformRefundFacts extends AmountFact {
  refundId: string;
  paymentId: string;
  reason?: string;
  failure?: Failure;
  createdAt: Date;
}

export interface PlatformDisputeFacts extends AmountFact {
  disputeId: string;
  paymentId: string;
  reason?: string;
  createdAt: Date;
}

/** The parsed body. `timestamp` is the time of the event, ISO 8601 UTC. Fields without a value are null. */
export interface PlatformWebhook {
  merchant_id: string;
  event_id: string;
  event_type: PlatformEvent;
  content: PlatformContent;
  timestamp: string;
}

export type PlatformContent =
  | { type: 'payment_details'; object: PlatformPayment }
  | { type: 'refund_details'; object: PlatformRefund }
  | { type: 'dispute_details'; object: PlatformDispute }
  | { type: 'mandate_details'; object: PlatformMandate }
  | { type: 'webhook_test'; object: Record<string, never> };

export interface PlatformPayment {
  payment_id: string;
  merchant_id: string;
  status: (typeof PLATFORM_PAYMENT_STATUS)[PlatformPaymentEvent];
  amount: number;
  amount_received: number;
  currency: string;
  merchant_order_reference_id: string | null;
  error_code: string | null;
  error_message: string | null;
  created: string;
}

export interface PlatformRefund {
  refund_id: string;
  payment_id: string;
  status: (typeof PLATFORM_REFUND_STATUS)[PlatformRefundEvent];
  amount: number;
  currency: string;
  reason: string | null;
  error_code: string | null;
  error_message: string | null;
  created_at: string;
}

export interface PlatformDispute {
  dispute_id: string;
  payment_id: string;
  dispute_status: PlatformDisputeEvent;
  amount: number;
  currency: string;
  connector_reason: string | null;
  created_at: string;
}

export interface PlatformMandate {
  mandate_id: string;
  status: (typeof PLATFORM_MANDATE_STATUS)[PlatformMandateEvent];
  created_at: string;
}

/**
 * The body of a platform webhook. Its UTF-8 bytes are what is stored, signed and sent on every attempt.
 * @throws RangeError when a fact breaks a limit
 */
export function buildPlatformBody(facts: PlatformFacts): string {
  const body: PlatformWebhook = {
    merchant_id: idFact('merchantId', facts.merchantId),
    event_id: idFact('eventId', facts.eventId),
    event_type: facts.event,
    content: contentOf(facts),
    timestamp: facts.occurredAt.toISOString(),
  };
  return JSON.stringify(body);
}

function contentOf(facts: PlatformFacts): PlatformContent {
  if ('payment' in facts) return { type: 'payment_details', object: paymentOf(facts.merchantId, facts.event, facts.payment) };
  if ('refund' in facts) return { type: 'refund_details', object: refundOf(facts.event, facts.refund) };
  if ('dispute' in facts) return { type: 'dispute_details', object: disputeOf(facts.event, facts.dispute) };
  if ('mandate' in facts) return { type: 'mandate_details', object: mandateOf(facts.event, facts.mandate) };
  return { type: 'webhook_test', object: {} };
}

function paymentOf(merchantId: string, event: PlatformPaymentEvent, payment: PlatformPaymentFacts): PlatformPayment {
  return {
    payment_id: idFact('paymentId', payment.paymentId),
    merchant_id: merchantId,
    status: PLATFORM_PAYMENT_STATUS[event],
    amount: minorAmount(payment),
    amount_received: minorAmount({ amount: payment.amountReceived, currency: payment.currency }),
    currency: payment.currency,
    merchant_order_reference_id: payment.orderReference ?? null,
    error_code: payment.failure?.code ?? null,
    error_message: payment.failure?.message ?? null,
    created: payment.createdAt.toISOString(),
  };
}

function refundOf(event: PlatformRefundEvent, refund: PlatformRefundFacts): PlatformRefund {
  return {
    refund_id: idFact('refundId', refund.refundId),
    payment_id: idFact('paymentId', refund.paymentId),
    status: PLATFORM_REFUND_STATUS[event],
    amount: minorAmount(refund),
    currency: refund.currency,
    reason: refund.reason ?? null,
    error_code: refund.failure?.code ?? null,
    error_message: refund.failure?.message ?? null,
    created_at: refund.createdAt.toISOString(),
  };
}

function disputeOf(event: PlatformDisputeEvent, dispute: PlatformDisputeFacts): PlatformDispute {
  return {
    dispute_id: idFact('disputeId', dispute.disputeId),
    payment_id: idFact('paymentId', dispute.paymentId),
    dispute_status: PLATFORM_DISPUTE_STATUS[event],
    amount: minorAmount(dispute),
    currency: dispute.currency,
    connector_reason: dispute.reason ?? null,
    created_at: dispute.createdAt.toISOString(),
  };
}

function mandateOf(event: PlatformMandateEvent, mandate: { mandateId: string; createdAt: Date }): PlatformMandate {
  return {
    mandate_id: idFact('mandateId', mandate.mandateId),
    status: PLATFORM_MANDATE_STATUS[event],
    created_at: mandate.createdAt.toISOString(),
  };
}

export function isPlatformWebhook(body: unknown): body is PlatformWebhook {
  return (PLATFORM_EVENTS as readonly unknown[]).includes((body as { event_type?: unknown }).event_type);
}
