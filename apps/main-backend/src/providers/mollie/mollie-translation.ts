import { Money } from '@paygate/kernel';
import type { ProviderWord, RefundStatus } from '@paygate/payments-domain';
import { dateIn, isObject, listIn, minorOf, objectIn, textIn, webAddressIn } from '../json-reading.js';
import type {
  PaymentRequest,
  ProviderDispute,
  ProviderEvent,
  ProviderPayment,
  ProviderRefund,
  RefundRequest,
} from '../provider-adapter.js';

const WORDS: Readonly<Record<string, ProviderWord>> = {
  open: 'requires_buyer',
  pending: 'pending',
  // Reserved and not yet taken: captured by Mollie itself, or given back.
  authorized: 'pending',
  paid: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
  expired: 'cancelled',
};

const REFUND_WORDS: Readonly<Record<string, RefundStatus>> = {
  queued: 'pending',
  pending: 'pending',
  processing: 'pending',
  refunded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

/** When a payment came to stand as it does, by its status. */
const SINCE: Readonly<Record<string, string>> = {
  authorized: 'authorizedAt',
  paid: 'paidAt',
  failed: 'failedAt',
  canceled: 'canceledAt',
  expired: 'expiredAt',
};

/** Locales of Mollie's pages by language. Another language is left to Mollie, which asks the browser. */
const LOCALES: Readonly<Record<string, string>> = {
  en: 'en_GB',
  nl: 'nl_NL',
  de: 'de_DE',
  fr: 'fr_FR',
  es: 'es_ES',
  ca: 'ca_ES',
  pt: 'pt_PT',
  it: 'it_IT',
  nb: 'nb_NO',
  sv: 'sv_SE',
  fi: 'fi_FI',
  da: 'da_DK',
  is: 'is_IS',
  hu: 'hu_HU',
  pl: 'pl_PL',
  lv: 'lv_LV',
  lt: 'lt_LT',
};

const LONGEST_DESCRIPTION = 255;

/** Mollie's status of a payment in our terms. One we do not know means pending: never success, never failure. */
export function wordOf(status: string): ProviderWord {
  return (Object.hasOwn(WORDS, status) ? WORDS[status] : undefined) ?? 'pending';
}

export function refundWordOf(status: string): RefundStatus {
  return (Object.hasOwn(REFUND_WORDS, status) ? REFUND_WORDS[status] : undefined) ?? 'pending';
}

/** The body that makes a payment. @param webhookUrl where Mollie reports; none when it could not reach us anyway */
export function paymentBody(request: PaymentRequest, webhookUrl: string | undefined): object {
  const { transactionId, amount, currency, description, returnUrl, locale } = request;
  return {
    amount: mollieAmount(amount, currency),
    description: description.slice(0, LONGEST_DESCRIPTION),
    redirectUrl: returnUrl,
    webhookUrl,
    locale: localeOf(locale),
    billingAddress: addressOf(request),
    metadata: { transactionId },
  };
}

/** The body that makes a refund. Its description differs from refund to refund: Mollie takes equal ones for a mistake. */
export function refundBody({ refundId, transactionId, amount, currency, reason }: RefundRequest): object {
  return {
    amount: mollieAmount(amount, currency),
    description: [reason, refundId].filter(Boolean).join(' ').slice(-LONGEST_DESCRIPTION),
    metadata: { refundId, transactionId },
  };
}

/** A payment as Mollie's API writes it; undefined when it cannot be read, or is of the other mode. */
export function readPayment(body: unknown, livemode: boolean): ProviderPayment | undefined {
  const reference = textIn(body, 'id');
  const transactionId = transactionIn(body);
  const status = textIn(body, 'status');
  const { amount, currency } = amountIn(body);
  if (!isOfMode(body, livemode) || reference === undefined || transactionId === undefined || status === undefined) return undefined;
  if (amount === undefined || currency === undefined) return undefined;
  const word = wordOf(status);
  return {
    reference,
    transactionId,
    word,
    amount,
    currency,
    redirectUrl: word === 'requires_buyer' ? webAddressIn(objectIn(objectIn(body, '_links'), 'checkout'), 'href') : undefined,
    method: methodIn(body),
    failure: word === 'failed' ? failureIn(body) : undefined,
  };
}

/** Whether it is a payment of this mode at all; one made elsewhere than here carries no transaction of ours. */
export function isPayment(body: unknown, livemode: boolean): boolean {
  return textIn(body, 'resource') === 'payment' && textIn(body, 'id') !== undefined && isOfMode(body, livemode);
}

/** The transaction a payment was made for; undefined for one that was not made here. */
export function transactionIn(body: unknown): string | undefined {
  return textIn(objectIn(body, 'metadata'), 'transactionId');
}

/** Our refund it is; undefined for one made at Mollie's own pages. */
export function refundIn(body: unknown): string | undefined {
  return textIn(objectIn(body, 'metadata'), 'refundId');
}

/** A refund as Mollie's API writes it; undefined when it cannot be read. */
export function readRefund(body: unknown): ProviderRefund | undefined {
  const reference = textIn(body, 'id');
  const paymentReference = textIn(body, 'paymentId');
  const status = textIn(body, 'status');
  const occurredAt = dateIn(body, 'createdAt');
  const { amount, currency } = amountIn(body);
  if (reference === undefined || paymentReference === undefined || status === undefined || occurredAt === undefined) return undefined;
  if (amount === undefined || currency === undefined) return undefined;
  const word = refundWordOf(status);
  return {
    reference,
    refundId: refundIn(body),
    transactionId: transactionIn(body),
    paymentReference,
    word,
    amount,
    currency,
    // Mollie dates a refund once, when it is made. Its states follow one another, so that the further one is the later one.
    occurredAt,
    failure: word === 'failed' ? refundFailure(status) : undefined,
  };
}

/** A chargeback as Mollie's API writes it; undefined when it cannot be read. */
export function readDispute(body: unknown, transactionId: string): ProviderDispute | undefined {
  const reference = textIn(body, 'id');
  const paymentReference = textIn(body, 'paymentId');
  const createdAt = dateIn(body, 'createdAt');
  const reversedAt = dateIn(body, 'reversedAt');
  const { amount, currency } = amountIn(body);
  if (reference === undefined || paymentReference === undefined || createdAt === undefined) return undefined;
  if (amount === undefined || currency === undefined) return undefined;
  const reason = objectIn(body, 'reason');
  return {
    reference,
    transactionId,
    paymentReference,
    word: reversedAt ? 'won' : 'open',
    amount,
    currency,
    reason: textIn(reason, 'code') ?? textIn(reason, 'description'),
    occurredAt: reversedAt ?? createdAt,
  };
}

/**
 * What a payment, fetched with its refunds and chargebacks, tells. Mollie's notifications have no id: what is told is one
 * event per state, so that a state is processed once however often it is told.
 * @returns undefined when it cannot be read
 */
export function readEvents(body: unknown, livemode: boolean): readonly ProviderEvent[] | undefined {
  const payment = readPayment(body, livemode);
  const status = textIn(body, 'status');
  const occurredAt = dateIn(body, SINCE[status ?? ''] ?? 'createdAt') ?? dateIn(body, 'createdAt');
  if (!payment || status === undefined || !occurredAt) return undefined;
  const { reference, transactionId } = payment;
  const events: ProviderEvent[] = [
    { id: `${reference}:${status}`, type: `payment.${status}`, occurredAt, subject: { kind: 'payment', payment } },
  ];
  const embedded = objectIn(body, '_embedded');
  for (const entry of listIn(embedded, 'refunds') ?? []) {
    const refund = readRefund(entry);
    const state = textIn(entry, 'status');
    if (!refund || state === undefined) return undefined;
    const subject = { kind: 'refund', refund: { ...refund, transactionId } } as const;
    events.push({ id: `${refund.reference}:${state}`, type: `refund.${state}`, occurredAt: refund.occurredAt, subject });
  }
  for (const entry of listIn(embedded, 'chargebacks') ?? []) {
    const dispute = readDispute(entry, transactionId);
    if (!dispute) return undefined;
    const state = dispute.word === 'won' ? 'reversed' : 'received';
    const subject = { kind: 'dispute', dispute } as const;
    events.push({ id: `${dispute.reference}:${state}`, type: `chargeback.${state}`, occurredAt: dispute.occurredAt, subject });
  }
  return events;
}

/** Where a list goes on: the id of its next entry. */
export function nextIn(body: unknown): string | undefined {
  const href = webAddressIn(objectIn(objectIn(body, '_links'), 'next'), 'href');
  return href === undefined ? undefined : (new URL(href).searchParams.get('from') ?? undefined);
}

function mollieAmount(amount: number, currency: string): object {
  return { currency, value: Money.ofMinor(amount, currency).toDecimal() };
}

function amountIn(body: unknown): { amount?: number; currency?: string } {
  const amount = objectIn(body, 'amount');
  const currency = textIn(amount, 'currency');
  return { amount: minorOf(textIn(amount, 'value'), currency), currency };
}

/** A payment with a test key moves no money, whatever its status says. */
function isOfMode(body: unknown, livemode: boolean): boolean {
  return textIn(body, 'mode') === (livemode ? 'live' : 'test');
}

function methodIn(body: unknown): ProviderPayment['method'] {
  const method = textIn(body, 'method');
  if (method === undefined) return undefined;
  if (method !== 'creditcard') return { type: method };
  const details = objectIn(body, 'details');
  return { type: 'card', brand: textIn(details, 'cardLabel'), last4: textIn(details, 'cardNumber')?.slice(-4) };
}

function failureIn(body: unknown): NonNullable<ProviderPayment['failure']> {
  const details = objectIn(body, 'details');
  const reason = objectIn(body, 'statusReason');
  const code = textIn(reason, 'code') ?? textIn(details, 'failureReason') ?? 'payment_failed';
  return { code, message: textIn(reason, 'message') ?? textIn(details, 'failureMessage') ?? 'The payment failed.' };
}

function refundFailure(status: string): NonNullable<ProviderRefund['failure']> {
  return status === 'canceled'
    ? { code: 'canceled', message: 'The refund was cancelled at Mollie.' }
    : { code: 'failed', message: 'The refund could not be delivered; the money is back at Mollie.' };
}

function localeOf(language: string | undefined): string | undefined {
  const name = language?.slice(0, 2).toLowerCase() ?? '';
  return Object.hasOwn(LOCALES, name) ? LOCALES[name] : undefined;
}

/** Only a complete address: Mollie refuses a payment with half of one, and takes a payment without. */
function addressOf({ billingAddress, email }: PaymentRequest): object | undefined {
  const { firstName, lastName, company, address1, address2, city, postcode, state, country } = billingAddress ?? {};
  if (!firstName || !lastName || !address1 || !city || !postcode || !country || !email) return undefined;
  return {
    givenName: firstName,
    familyName: lastName,
    organizationName: company,
    streetAndNumber: address1,
    streetAdditional: address2,
    postalCode: postcode,
    city,
    region: state,
    country,
    email,
  };
}

/** Mollie's own word that it refuses or does not know; anything else may come from something between us. */
export function isMollieError(status: number, body: unknown): boolean {
  return isObject(body) && body['status'] === status && textIn(body, 'title') !== undefined;
}
