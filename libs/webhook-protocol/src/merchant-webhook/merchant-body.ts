import { decimalAmount, idFact } from '../fact-limits.js';
import type { AmountFact } from '../fact-limits.js';
import { MERCHANT_REFUND_STATUS, MERCHANT_TRANSACTION_STATUS } from './merchant-status.js';
import type {
  MerchantPayoutStatus,
  MerchantRefundState,
  MerchantRefundStatus,
  MerchantTransactionState,
  MerchantTransactionStatus,
} from './merchant-status.js';

export const MERCHANT_EVENTS = [
  'transaction.status_changed',
  'refund.status_changed',
  'payout.status_changed',
  'endpoint.disabled',
  'webhook.test',
] as const;

export type MerchantEvent = (typeof MERCHANT_EVENTS)[number];

interface Dated {
  createdAt: Date;
  updatedAt: Date;
}

/** What a merchant webhook announces. Ids have 1 to 64 characters. */
export type MerchantFacts =
  | ({
      event: 'transaction.status_changed';
      transactionId: string;
      /** The checkout the transaction belongs to. */
      orderId: string;
      status: MerchantTransactionState;
    } & AmountFact &
      Dated)
  | ({
      event: 'refund.status_changed';
      refundId: string;
      transactionId: string;
      orderId: string;
      status: MerchantRefundState;
    } & AmountFact &
      Dated)
  | ({ event: 'payout.status_changed'; payoutId: string; orderId: string; status: MerchantPayoutStatus } & AmountFact & Dated)
  | ({ event: 'endpoint.disabled' } & DisabledEndpointFacts)
  | { event: 'webhook.test'; createdAt: Date };

/** An endpoint that nothing is sent to any more, because it does not work. */
export interface DisabledEndpointFacts {
  endpointId: string;
  /** Of the address that a site's notifications went to. */
  siteId?: string;
  url: string;
  /** `failing`: nothing but failures for days. `gone`: it answered 410 again and again. */
  reason: 'failing' | 'gone';
  /** Since the last success. */
  consecutiveFailures: number;
  failingSince: Date;
  disabledAt: Date;
}

/** The parsed body: amounts are decimal text in major units, instants ISO 8601 UTC. */
export type MerchantWebhook =
  | ({ event: 'transaction.status_changed'; transaction_id: string; status: MerchantTransactionStatus } & MoneyMoved)
  | ({ event: 'refund.status_changed'; refund_id: string; transaction_id: string; status: MerchantRefundStatus } & MoneyMoved)
  | ({ event: 'payout.status_changed'; payout_id: string; status: MerchantPayoutStatus } & MoneyMoved)
  | ({ event: 'endpoint.disabled' } & DisabledEndpoint)
  | { event: 'webhook.test'; message: string; created_at: string };

interface DisabledEndpoint {
  endpoint_id: string;
  site_id: string | null;
  url: string;
  reason: 'failing' | 'gone';
  consecutive_failures: number;
  failing_since: string;
  disabled_at: string;
}

interface MoneyMoved {
  order_id: string;
  amount: string;
  currency: string;
  created_at: string;
  updated_at: string;
}

/**
 * The body of a merchant webhook. Its UTF-8 bytes are what is stored, signed and sent on every attempt.
 * @throws RangeError when a fact breaks a limit
 */
export function buildMerchantBody(facts: MerchantFacts): string {
  return JSON.stringify(bodyOf(facts));
}

function bodyOf(facts: MerchantFacts): MerchantWebhook {
  switch (facts.event) {
    case 'transaction.status_changed':
      return {
        event: facts.event,
        transaction_id: idFact('transactionId', facts.transactionId),
        ...moneyMoved(facts, MERCHANT_TRANSACTION_STATUS[facts.status]),
      };
    case 'refund.status_changed':
      return {
        event: facts.event,
        refund_id: idFact('refundId', facts.refundId),
        transaction_id: idFact('transactionId', facts.transactionId),
        ...moneyMoved(facts, MERCHANT_REFUND_STATUS[facts.status]),
      };
    case 'payout.status_changed':
      return { event: facts.event, payout_id: idFact('payoutId', facts.payoutId), ...moneyMoved(facts, facts.status) };
    case 'endpoint.disabled':
      return {
        event: facts.event,
        endpoint_id: idFact('endpointId', facts.endpointId),
        site_id: facts.siteId === undefined ? null : idFact('siteId', facts.siteId),
        url: withoutQuery(facts.url),
        reason: facts.reason,
        consecutive_failures: facts.consecutiveFailures,
        failing_since: facts.failingSince.toISOString(),
        disabled_at: facts.disabledAt.toISOString(),
      };
    case 'webhook.test':
      return {
        event: facts.event,
        message: 'This webhook announces nothing. It shows that your endpoint can be reached.',
        created_at: facts.createdAt.toISOString(),
      };
  }
}

function moneyMoved<S>(facts: { orderId: string } & AmountFact & Dated, status: S): MoneyMoved & { status: S } {
  return {
    order_id: idFact('orderId', facts.orderId),
    amount: decimalAmount(facts),
    status,
    currency: facts.currency,
    created_at: facts.createdAt.toISOString(),
    updated_at: facts.updatedAt.toISOString(),
  };
}

/** What stands behind the path may be a secret of the receiver that is told of. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

export function isMerchantWebhook(body: unknown): body is MerchantWebhook {
  return (MERCHANT_EVENTS as readonly unknown[]).includes((body as { event?: unknown }).event);
}
