import type { ProviderEvent, ProviderSubject } from '../provider-adapter.js';
import { instantOf, isObject, metadataOf, textOf } from './stripe-fields.js';
import type { StripeObject } from './stripe-fields.js';
import { readDispute, readPayment, readRefund } from './stripe-translation.js';

/** An event's envelope, and what it is about. */
export interface StripeEvent extends Pick<ProviderEvent, 'id' | 'type' | 'occurredAt'> {
  readonly object: StripeObject;
  /** About the account itself, and not about one connected to it. */
  readonly own: boolean;
  readonly livemode: boolean;
}

/** @returns undefined when the body is no event */
export function readEnvelope(body: unknown): StripeEvent | undefined {
  if (!isObject(body) || !isObject(body['data'])) return undefined;
  const id = textOf(body['id']);
  const type = textOf(body['type']);
  const occurredAt = instantOf(body['created']);
  const object = body['data']['object'];
  if (id === undefined || type === undefined || occurredAt === undefined || !isObject(object)) return undefined;
  return { id, type, occurredAt, object, own: textOf(body['account']) === undefined, livemode: body['livemode'] === true };
}

/** What an event tells of a payment, refund or dispute of ours; `unreadable` when it should and does not. */
export function subjectOf({ type, object, occurredAt }: StripeEvent): ProviderSubject | 'none' | 'unreadable' {
  if (type.startsWith('payment_intent.')) {
    // The merchant may take other payments through the same account.
    if (metadataOf(object, 'transactionId') === undefined) return 'none';
    const payment = readPayment(object);
    return payment ? { kind: 'payment', payment } : 'unreadable';
  }
  if (type.startsWith('refund.') || type === 'charge.refund.updated') {
    if (object['payment_intent'] == null) return 'none';
    const refund = readRefund(object, { event: occurredAt });
    return refund ? { kind: 'refund', refund } : 'unreadable';
  }
  if (type.startsWith('charge.dispute.')) {
    if (object['payment_intent'] == null) return 'none';
    const dispute = readDispute(object, occurredAt);
    return dispute ? { kind: 'dispute', dispute } : 'unreadable';
  }
  return 'none';
}
