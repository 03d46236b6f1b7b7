import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';
import type { ProviderDispute, ProviderEvent, ProviderPayment, ProviderRefund, ProviderSubject } from '../provider-adapter.js';

const WORDS: Readonly<Record<string, ProviderWord>> = {
  awaiting_buyer: 'requires_buyer',
  challenge_required: 'requires_buyer',
  processing: 'pending',
  paid: 'succeeded',
  declined: 'failed',
  canceled: 'cancelled',
};

const REFUND_WORDS: Readonly<Record<string, RefundStatus>> = { queued: 'pending', paid_out: 'succeeded', rejected: 'failed' };

const DISPUTE_WORDS: Readonly<Record<string, ChargebackStatus>> = {
  opened: 'open',
  reviewing: 'under_review',
  merchant_won: 'won',
  buyer_won: 'lost',
  conceded: 'accepted',
};

/** The sandbox's status in our terms. One we do not know means pending: never success, never failure. */
export function wordOf(status: string): ProviderWord {
  return (Object.hasOwn(WORDS, status) ? WORDS[status] : undefined) ?? 'pending';
}

/** As `wordOf`, for refunds. */
export function refundWordOf(status: string): RefundStatus {
  return (Object.hasOwn(REFUND_WORDS, status) ? REFUND_WORDS[status] : undefined) ?? 'pending';
}

/** As `wordOf`, for disputes: one we do not know is under review. */
export function disputeWordOf(status: string): ChargebackStatus {
  return (Object.hasOwn(DISPUTE_WORDS, status) ? DISPUTE_WORDS[status] : undefined) ?? 'under_review';
}

/** A payment as the sandbox's API and webhooks write it; undefined when it cannot be read. */
export function readPayment(body: unknown): ProviderPayment | undefined {
  if (!isObject(body)) return undefined;
  const { id, transactionId, status, amount, currency } = body;
  if (!isText(id) || !isText(transactionId) || !isText(status) || !isText(currency)) return undefined;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined;
  return {
    reference: id,
    transactionId,
    word: wordOf(status),
    amount,
    currency,
    redirectUrl: webAddress(body['redirectUrl']),
    method: readMethod(body['method']),
    failure: readFailure(body['failure']),
  };
}

/** A refund as the sandbox's API and webhooks write it; undefined when it cannot be read. */
export function readRefund(body: unknown): ProviderRefund | undefined {
  const common = readMoneyBack(body);
  if (!common || !isObject(body)) return undefined;
  const { refundId } = body;
  const word = refundWordOf(common.status);
  const { status: _status, ...fields } = common;
  return { ...fields, word, refundId: isText(refundId) ? refundId : undefined, failure: readFailure(body['failure']) };
}

/** A dispute as the sandbox's API and webhooks write it; undefined when it cannot be read. */
export function readDispute(body: unknown): ProviderDispute | undefined {
  const common = readMoneyBack(body);
  if (!common || !isObject(body)) return undefined;
  const { reason, evidenceDueBy } = body;
  const word = disputeWordOf(common.status);
  const { status: _status, ...fields } = common;
  return { ...fields, word, reason: isText(reason) ? reason : undefined, evidenceDueBy: readDate(evidenceDueBy) };
}

/** An event of a webhook body; undefined when it cannot be read. */
export function readEventBody(body: unknown): ProviderEvent | undefined {
  if (!isObject(body)) return undefined;
  const { id, type, createdAt, data } = body;
  const subject = isObject(data) ? readSubject(data) : undefined;
  const occurredAt = readDate(createdAt);
  if (!isText(id) || !isText(type) || !subject || !occurredAt) return undefined;
  return { id, type, occurredAt, subject };
}

/** The payment is there in any case; what else is there is the news. */
function readSubject(data: Readonly<Record<string, unknown>>): ProviderSubject | undefined {
  if (data['refund'] !== undefined) {
    const refund = readRefund(data['refund']);
    return refund && { kind: 'refund', refund };
  }
  if (data['dispute'] !== undefined) {
    const dispute = readDispute(data['dispute']);
    return dispute && { kind: 'dispute', dispute };
  }
  const payment = readPayment(data['payment']);
  return payment && { kind: 'payment', payment };
}

interface MoneyBack extends Pick<
  ProviderRefund,
  'reference' | 'paymentReference' | 'transactionId' | 'amount' | 'currency' | 'occurredAt'
> {
  readonly status: string;
}

/** What refunds and disputes have in common. */
function readMoneyBack(body: unknown): MoneyBack | undefined {
  if (!isObject(body)) return undefined;
  const { id, paymentId, transactionId, status, amount, currency } = body;
  const occurredAt = readDate(body['updatedAt']);
  if (!isText(id) || !isText(paymentId) || !isText(transactionId) || !isText(status) || !isText(currency) || !occurredAt) return undefined;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined;
  return { reference: id, paymentReference: paymentId, transactionId, status, amount, currency, occurredAt };
}

function readDate(value: unknown): Date | undefined {
  const date = new Date(isText(value) ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readMethod(method: unknown): ProviderPayment['method'] {
  if (!isObject(method) || !isText(method['type'])) return undefined;
  const { type, brand, last4 } = method;
  return { type, brand: isText(brand) ? brand : undefined, last4: isText(last4) ? last4 : undefined };
}

function readFailure(failure: unknown): ProviderPayment['failure'] {
  if (!isObject(failure) || !isText(failure['code'])) return undefined;
  return { code: failure['code'], message: isText(failure['message']) ? failure['message'] : failure['code'] };
}

/** A buyer is only ever sent to http or https. */
function webAddress(value: unknown): string | undefined {
  if (!isText(value) || !URL.canParse(value)) return undefined;
  return ['https:', 'http:'].includes(new URL(value).protocol) ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
