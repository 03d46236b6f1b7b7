import type { ProviderWord } from '@paygate/payments-domain';
import type { ProviderEvent, ProviderPayment } from '../provider-adapter.js';

const WORDS: Readonly<Record<string, ProviderWord>> = {
  awaiting_buyer: 'requires_buyer',
  challenge_required: 'requires_buyer',
  processing: 'pending',
  paid: 'succeeded',
  declined: 'failed',
  canceled: 'cancelled',
};

/** The sandbox's status in our terms. One we do not know means pending: never success, never failure. */
export function wordOf(status: string): ProviderWord {
  return (Object.hasOwn(WORDS, status) ? WORDS[status] : undefined) ?? 'pending';
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

/** An event of a webhook body; undefined when it cannot be read. */
export function readEventBody(body: unknown): ProviderEvent | undefined {
  if (!isObject(body)) return undefined;
  const { id, type, createdAt, data } = body;
  const payment = readPayment(isObject(data) ? data['payment'] : undefined);
  const occurredAt = new Date(isText(createdAt) ? createdAt : Number.NaN);
  if (!isText(id) || !isText(type) || !payment || Number.isNaN(occurredAt.getTime())) return undefined;
  return { id, type, occurredAt, subject: { kind: 'payment', payment } };
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
