import { isCurrencyCode } from '@paygate/kernel';
import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';
import { dateIn, objectIn, textIn } from '../json-reading.js';
import type { PaymentRequest, ProviderDispute, ProviderPayment, ProviderRefund, RefundRequest } from '../provider-adapter.js';

const PAYMENT_WORDS: Readonly<Record<string, ProviderWord>> = {
  pending_customer_approval: 'pending',
  pending_submission: 'pending',
  submitted: 'pending',
  confirmed: 'succeeded',
  paid_out: 'succeeded',
  // The money came; that it went back is told as a dispute.
  charged_back: 'succeeded',
  cancelled: 'cancelled',
  customer_approval_denied: 'failed',
  failed: 'failed',
};

const REQUEST_WORDS: Readonly<Record<string, ProviderWord>> = {
  pending: 'requires_buyer',
  ready_to_fulfil: 'requires_buyer',
  fulfilling: 'pending',
  fulfilled: 'requires_buyer',
  cancelled: 'cancelled',
};

/** Mandates under which nothing can be collected any more. */
const DEAD_MANDATES: Readonly<Record<string, ProviderWord>> = {
  cancelled: 'cancelled',
  failed: 'failed',
  expired: 'failed',
  consumed: 'failed',
  blocked: 'failed',
};

const REFUND_WORDS: Readonly<Record<string, RefundStatus>> = {
  created: 'pending',
  pending_submission: 'pending',
  submitted: 'pending',
  paid: 'succeeded',
  cancelled: 'failed',
  bounced: 'failed',
  funds_returned: 'failed',
};

const LANGUAGES: ReadonlySet<string> = new Set(['en', 'fr', 'de', 'pt', 'es', 'it', 'nl', 'da', 'nb', 'sl', 'sv']);
const LONGEST_DESCRIPTION = 100;

/** A billing request: the buyer's part, which ends with a mandate to collect from an account. */
export interface BillingRequest {
  readonly id: string;
  readonly status: string;
  readonly transactionId: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly mandate?: string;
}

/** A collection under a mandate, which GoCardless calls a payment. */
export interface Collection {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly refunded: number;
  readonly scheme?: string;
  /** Undefined for one that was not made here. */
  readonly transactionId?: string;
  readonly billingRequest?: string;
}

/** What became of a collection, from its events. */
export interface History {
  /** It was confirmed once, whatever happened later. */
  readonly confirmed: boolean;
  readonly failure?: { readonly code: string; readonly message: string };
}

export function billingRequestFields({ transactionId, amount, currency, description }: PaymentRequest): object {
  // A mandate has no amount; what is to be collected under it is kept with the request. Three entries are all there may be.
  const metadata = { transactionId, amount: String(amount), description: description.slice(0, LONGEST_DESCRIPTION) };
  return { mandate_request: { currency, description: metadata.description, metadata: { transactionId } }, metadata };
}

export function flowFields(billingRequest: string, { returnUrl, locale, email, billingAddress }: PaymentRequest): object {
  const language = locale?.slice(0, 2).toLowerCase() ?? '';
  const { firstName, lastName, address1, address2, city, postcode, country } = billingAddress ?? {};
  return {
    redirect_uri: returnUrl,
    exit_uri: returnUrl,
    lock_currency: true,
    show_redirect_buttons: true,
    ...(LANGUAGES.has(language) ? { language } : {}),
    prefilled_customer: {
      email,
      given_name: firstName,
      family_name: lastName,
      address_line1: address1,
      address_line2: address2,
      city,
      postal_code: postcode,
      country_code: country,
    },
    links: { billing_request: billingRequest },
  };
}

export function collectionFields({ id, transactionId, amount, currency, description }: BillingRequest, mandate: string): object {
  return { amount, currency, description, metadata: { transactionId, billingRequest: id }, links: { mandate } };
}

/** @param refunded what went back before; GoCardless wants the total confirmed, so that nobody refunds unawares of others */
export function refundFields({ refundId, transactionId, amount }: RefundRequest, { id, refunded }: Collection): object {
  return { amount, total_amount_confirmation: refunded + amount, metadata: { refundId, transactionId }, links: { payment: id } };
}

/** Undefined when it cannot be read, or was not made here. */
export function readBillingRequest(body: unknown): BillingRequest | undefined {
  const metadata = objectIn(body, 'metadata');
  const mandateRequest = objectIn(body, 'mandate_request');
  const [id, status, transactionId] = [textIn(body, 'id'), textIn(body, 'status'), textIn(metadata, 'transactionId')];
  const [amount, currency] = [minorIn(metadata, 'amount'), textIn(mandateRequest, 'currency')];
  if (id === undefined || status === undefined || transactionId === undefined) return undefined;
  if (amount === undefined || !isCurrencyCode(currency)) return undefined;
  const mandate = textIn(objectIn(body, 'links'), 'mandate_request_mandate') ?? textIn(objectIn(mandateRequest, 'links'), 'mandate');
  return { id, status, transactionId, amount, currency, description: textIn(metadata, 'description') ?? '', mandate };
}

export function readCollection(body: unknown): Collection | undefined {
  const [id, status, currency] = [textIn(body, 'id'), textIn(body, 'status'), textIn(body, 'currency')];
  const amount = minorIn(body, 'amount');
  if (id === undefined || status === undefined || amount === undefined || !isCurrencyCode(currency)) return undefined;
  const metadata = objectIn(body, 'metadata');
  return {
    id,
    status,
    amount,
    currency,
    refunded: minorIn(body, 'amount_refunded') ?? 0,
    scheme: textIn(body, 'scheme'),
    transactionId: textIn(metadata, 'transactionId'),
    billingRequest: textIn(metadata, 'billingRequest'),
  };
}

/** @param events of one collection, in any order */
export function readHistory(events: readonly unknown[]): History {
  const failed = events.find((event) => textIn(event, 'action') === 'failed');
  const details = objectIn(failed, 'details');
  return {
    confirmed: events.some((event) => ['confirmed', 'paid_out'].includes(textIn(event, 'action') ?? '')),
    failure: failed === undefined ? undefined : failureIn(details),
  };
}

/** Nothing is collected yet: the buyer is on the page, or gave the mandate we can collect under. */
export function openPayment(request: BillingRequest, mandateStatus: string | undefined, redirectUrl?: string): ProviderPayment {
  const { id, status, transactionId, amount, currency } = request;
  const dead = known(DEAD_MANDATES, mandateStatus);
  const word = dead ?? known(REQUEST_WORDS, status) ?? 'pending';
  return {
    reference: id,
    transactionId,
    word,
    amount,
    currency,
    redirectUrl: status === 'pending' ? redirectUrl : undefined,
    awaitsCompletion: (status === 'fulfilled' && request.mandate !== undefined && !dead) || undefined,
    failure: word === 'failed' ? { code: `mandate_${mandateStatus ?? 'unusable'}`, message: 'The mandate cannot be used.' } : undefined,
  };
}

/**
 * A collection as it stands. One that failed after it had been confirmed did succeed: what came later is told as a dispute, so
 * that it does not matter in which order we hear of it.
 */
export function collectedPayment(
  collection: Collection,
  of: { reference: string; transactionId: string },
  history?: History,
): ProviderPayment {
  const { status, amount, currency, scheme } = collection;
  const word = isLateFailure(collection, history) ? 'succeeded' : (known(PAYMENT_WORDS, status) ?? 'pending');
  return {
    ...of,
    word,
    amount,
    currency,
    method: { type: scheme ?? 'direct_debit' },
    failure: word === 'failed' ? (history?.failure ?? failureIn({})) : undefined,
  };
}

/** The bank took back, days later, what it had let pass. */
export function isLateFailure({ status }: Pick<Collection, 'status'>, history: History | undefined): boolean {
  return status === 'failed' && history?.confirmed === true;
}

const DISPUTE_WORDS: Readonly<Record<string, ChargebackStatus>> = {
  charged_back: 'open',
  chargeback_settled: 'lost',
  chargeback_cancelled: 'won',
};

/** The dispute an event about a collection tells of; undefined when it tells of none. GoCardless has no disputes of their own. */
export function disputeIn(
  event: unknown,
  { id, amount, currency }: Collection,
  of: { paymentReference: string; transactionId: string },
  late: boolean,
): ProviderDispute | undefined {
  const action = textIn(event, 'action') ?? '';
  const occurredAt = dateIn(event, 'created_at');
  const lateFailure = action === 'late_failure_settled' || (action === 'failed' && late);
  const word = lateFailure ? 'lost' : known(DISPUTE_WORDS, action);
  if (word === undefined || occurredAt === undefined) return undefined;
  const details = objectIn(event, 'details');
  const reason = textIn(details, 'reason_code') ?? textIn(details, 'cause');
  return { ...of, reference: `${lateFailure ? 'late_failure' : 'chargeback'}_${id}`, word, amount, currency, reason, occurredAt };
}

/** @param now the time of the answer: a decided refund stands so at least since then, and is dated nowhere else */
export function readRefund(body: unknown, paymentReference: string, now: Date): ProviderRefund | undefined {
  const [reference, currency] = [textIn(body, 'id'), textIn(body, 'currency')];
  const amount = minorIn(body, 'amount');
  const createdAt = dateIn(body, 'created_at');
  if (reference === undefined || amount === undefined || createdAt === undefined || !isCurrencyCode(currency)) return undefined;
  const metadata = objectIn(body, 'metadata');
  const status = textIn(body, 'status') ?? '';
  const word = known(REFUND_WORDS, status) ?? 'pending';
  return {
    reference,
    refundId: textIn(metadata, 'refundId'),
    transactionId: textIn(metadata, 'transactionId'),
    paymentReference,
    word,
    amount,
    currency,
    occurredAt: word === 'pending' ? createdAt : now,
    failure: word === 'failed' ? refundFailure(status) : undefined,
  };
}

const REFUND_ACTIONS: Readonly<Record<string, RefundStatus>> = {
  created: 'pending',
  paid: 'succeeded',
  failed: 'failed',
  bounced: 'failed',
  refund_returned: 'failed',
  funds_returned: 'failed',
};

/** The refund as an event tells of it; undefined when the event says nothing about where the money is. */
export function refundTold(event: unknown, refund: ProviderRefund): ProviderRefund | undefined {
  const action = textIn(event, 'action') ?? '';
  const word = known(REFUND_ACTIONS, action);
  const occurredAt = dateIn(event, 'created_at');
  if (word === undefined || occurredAt === undefined) return undefined;
  return { ...refund, word, occurredAt, failure: word === 'failed' ? refundFailure(action) : undefined };
}

/** A refund's metadata names ours; undefined for one made at GoCardless' own pages. */
export function refundIdIn(body: unknown): string | undefined {
  return textIn(objectIn(body, 'metadata'), 'refundId');
}

function known<T>(words: Readonly<Record<string, T>>, status: string | undefined): T | undefined {
  return status !== undefined && Object.hasOwn(words, status) ? words[status] : undefined;
}

function failureIn(details: unknown): { code: string; message: string } {
  return { code: textIn(details, 'cause') ?? 'payment_failed', message: textIn(details, 'description') ?? 'The debit failed.' };
}

function refundFailure(state: string): { code: string; message: string } {
  return { code: state, message: 'The refund did not reach the buyer.' };
}

/** Minor units, as GoCardless writes them: a number, or a text in metadata. */
function minorIn(value: unknown, name: string): number | undefined {
  const inner = objectIn({ value }, 'value')[name];
  const minor = typeof inner === 'string' && /^\d{1,15}$/.test(inner) ? Number(inner) : inner;
  return typeof minor === 'number' && Number.isSafeInteger(minor) && minor >= 0 ? minor : undefined;
}
