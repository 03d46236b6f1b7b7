import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';
import type { ProviderDispute, ProviderPayment, ProviderRefund } from '../provider-adapter.js';
import { fromStripeAmount } from './stripe-amounts.js';
import { currencyOf, idOf, instantOf, isObject, metadataOf, textOf } from './stripe-fields.js';
import type { StripeObject } from './stripe-fields.js';
import { readMethod } from './stripe-methods.js';

const PAYMENT_WORDS: ReadonlyMap<string, ProviderWord> = new Map([
  ['requires_payment_method', 'requires_buyer'],
  ['requires_confirmation', 'requires_buyer'],
  // 3-D Secure, a redirect to the buyer's bank, a voucher to be paid.
  ['requires_action', 'requires_buyer'],
  ['processing', 'pending'],
  ['succeeded', 'succeeded'],
  ['canceled', 'cancelled'],
]);

const REFUND_WORDS: ReadonlyMap<string, RefundStatus> = new Map([
  ['pending', 'pending'],
  ['requires_action', 'pending'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

const DISPUTE_WORDS: ReadonlyMap<string, ChargebackStatus> = new Map([
  // Inquiries: the bank asks before it takes the money. One that is closed has taken none.
  ['warning_needs_response', 'open'],
  ['warning_under_review', 'under_review'],
  ['warning_closed', 'won'],
  ['needs_response', 'open'],
  ['under_review', 'under_review'],
  ['appeal_needs_response', 'under_review'],
  ['appeal_under_review', 'under_review'],
  ['won', 'won'],
  ['lost', 'lost'],
]);

/** Stripe asks not to tell buyers more than that the card was declined. */
const NOT_FOR_BUYERS: ReadonlySet<string> = new Set([
  'fraudulent',
  'lost_card',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'security_violation',
  'stolen_card',
]);

/**
 * A PaymentIntent's status in our terms. One we do not know means pending: never success, never failure.
 * @param failed the last attempt to pay it was refused; Stripe then waits for another one, we begin a new payment
 */
export function paymentWord(status: string, failed: boolean): ProviderWord {
  if (status === 'requires_payment_method' && failed) return 'failed';
  return PAYMENT_WORDS.get(status) ?? 'pending';
}

export function refundWord(status: string): RefundStatus {
  return REFUND_WORDS.get(status) ?? 'pending';
}

/**
 * @param moneyTaken for `prevented`: settled before it became a dispute, which the merchant may have paid for. A status we do
 *   not know is not decided.
 */
export function disputeWord(status: string, moneyTaken: boolean): ChargebackStatus {
  if (status === 'prevented') return moneyTaken ? 'accepted' : 'won';
  return DISPUTE_WORDS.get(status) ?? 'under_review';
}

/** A PaymentIntent without what the buyer's page needs; undefined when it cannot be read or is none of ours. */
export function readPayment(intent: unknown): ProviderPayment | undefined {
  if (!isObject(intent) || intent['object'] !== 'payment_intent') return undefined;
  const reference = textOf(intent['id']);
  const transactionId = metadataOf(intent, 'transactionId');
  const status = textOf(intent['status']);
  const currency = currencyOf(intent);
  if (reference === undefined || transactionId === undefined || status === undefined || currency === undefined) return undefined;
  // What came counts, not what was asked for.
  const amount = amountIn(intent, status === 'succeeded' && 'amount_received' in intent ? 'amount_received' : 'amount', currency);
  if (amount === undefined) return undefined;
  const error = isObject(intent['last_payment_error']) ? intent['last_payment_error'] : undefined;
  const word = paymentWord(status, error !== undefined);
  return {
    reference,
    transactionId,
    word,
    amount,
    currency,
    method: readMethod(intent['latest_charge']),
    failure: word === 'failed' && error ? readFailure(error) : undefined,
  };
}

/** A PaymentIntent as its buyer goes on with it: with the secret by which the page may pay it, and nothing else. */
export function readPayableIntent(intent: unknown, publishableKey: string): ProviderPayment | undefined {
  const payment = readPayment(intent);
  const clientSecret = isObject(intent) ? textOf(intent['client_secret']) : undefined;
  if (payment?.word !== 'requires_buyer' || clientSecret === undefined) return payment;
  return { ...payment, redirectUrl: undefined, handOff: { kind: 'stripe_element', publishableKey, clientSecret } };
}

/**
 * @param heardAt when it was told, which is when it came to stand so if it was an event. A failure is the end of a refund, so
 *   hearing of it later does no harm; anything else that is asked for may be older than what an event has said meanwhile.
 */
export function readRefund(refund: unknown, heardAt: { event?: Date; answer?: Date }): ProviderRefund | undefined {
  if (!isObject(refund) || refund['object'] !== 'refund') return undefined;
  const reference = textOf(refund['id']);
  const paymentReference = idOf(refund['payment_intent']);
  const status = textOf(refund['status']);
  const currency = currencyOf(refund);
  const created = instantOf(refund['created']);
  if (reference === undefined || paymentReference === undefined || status === undefined || currency === undefined) return undefined;
  const amount = amountIn(refund, 'amount', currency);
  const word = refundWord(status);
  const occurredAt = heardAt.event ?? (word === 'failed' ? heardAt.answer : undefined) ?? created;
  if (amount === undefined || occurredAt === undefined) return undefined;
  return {
    reference,
    refundId: metadataOf(refund, 'refundId'),
    transactionId: metadataOf(refund, 'transactionId'),
    paymentReference,
    word,
    amount,
    currency,
    occurredAt,
    failure: word === 'failed' ? refundFailure(status, textOf(refund['failure_reason'])) : undefined,
  };
}

export function readDispute(dispute: unknown, occurredAt: Date): ProviderDispute | undefined {
  if (!isObject(dispute) || dispute['object'] !== 'dispute') return undefined;
  const reference = textOf(dispute['id']);
  const paymentReference = idOf(dispute['payment_intent']);
  const status = textOf(dispute['status']);
  const currency = currencyOf(dispute);
  if (reference === undefined || paymentReference === undefined || status === undefined || currency === undefined) return undefined;
  const amount = amountIn(dispute, 'amount', currency);
  if (amount === undefined) return undefined;
  const evidence = isObject(dispute['evidence_details']) ? dispute['evidence_details'] : {};
  return {
    reference,
    paymentReference,
    word: disputeWord(status, tookMoney(dispute['balance_transactions'])),
    amount,
    currency,
    reason: textOf(dispute['reason']),
    evidenceDueBy: instantOf(evidence['due_by']),
    occurredAt,
  };
}

/** What a buyer and a merchant may read of a refused attempt. */
export function readFailure(error: StripeObject): NonNullable<ProviderPayment['failure']> {
  const declined = textOf(error['decline_code']);
  if (declined !== undefined && NOT_FOR_BUYERS.has(declined)) return { code: 'card_declined', message: 'The card was declined.' };
  const code = declined === 'generic_decline' ? undefined : declined;
  return {
    code: code ?? textOf(error['code']) ?? 'payment_failed',
    message: textOf(error['message']) ?? 'The payment was not successful.',
  };
}

function refundFailure(status: string, reason: string | undefined): NonNullable<ProviderRefund['failure']> {
  if (status === 'canceled') return { code: 'refund_cancelled', message: 'The refund was cancelled at Stripe.' };
  return { code: reason ?? 'refund_failed', message: "The refund could not be credited to the buyer's account." };
}

function amountIn(object: StripeObject, field: string, currency: string): number | undefined {
  const amount = object[field];
  return typeof amount === 'number' ? fromStripeAmount(amount, currency) : undefined;
}

/** What the dispute took from the merchant's balance and gave back, summed up, is less than nothing. */
function tookMoney(balance: unknown): boolean {
  if (!Array.isArray(balance)) return false;
  const amounts = balance.map((entry: unknown) => (isObject(entry) && typeof entry['amount'] === 'number' ? entry['amount'] : 0));
  return amounts.reduce((sum, amount) => sum + amount, 0) < 0;
}
