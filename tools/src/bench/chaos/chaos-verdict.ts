import { IPN_STATUS, isIpnTest, parseIpnBody } from '@paygate/webhook-protocol';
import type { ChaosPlan, PlannedEvent, PlannedStatus } from './chaos-plan.js';
import type { Arrival } from './chaos-receivers.js';

/** A delivery as the database has it in the end. */
export interface StoredDelivery {
  readonly transactionId: string;
  readonly eventVersion: number;
  readonly state: string;
}

/** How often each promise was broken. All must be zero. */
export interface ChaosVerdict {
  /** The last state of a payment that no receiver has acknowledged, or, where there is none any more, that is not kept. */
  readonly lost: string[];
  /** Sent twice under different ids, or with different bytes. */
  readonly unlikeTwins: string[];
  /** An older state of a payment after a newer one. */
  readonly outOfOrder: string[];
  /** A failed or cancelled payment of an order after a payment that was made. */
  readonly negativeAfterSuccess: string[];
  /** Requests that nobody ordered. */
  readonly unknown: string[];
  /** The same delivery more than once: allowed. */
  readonly repeated: number;
}

const PAYMENT: ReadonlySet<PlannedStatus> = new Set(['succeeded', 'refunded', 'charged_back']);
const NEGATIVE: ReadonlySet<PlannedStatus> = new Set(['failed', 'cancelled']);

interface Told extends Arrival {
  readonly event: PlannedEvent;
}

export function judgeChaos(plan: ChaosPlan, arrivals: readonly Arrival[], stored: readonly StoredDelivery[]): ChaosVerdict {
  const events = new Map(plan.events.map((event) => [`${event.transactionId} ${IPN_STATUS[event.status]}`, event]));
  const told: Told[] = [];
  const unknown: string[] = [];
  for (const arrival of arrivals) {
    const event = events.get(keyOf(arrival.body));
    if (event?.endpoint === arrival.endpoint) told.push({ ...arrival, event });
    else unknown.push(arrival.body);
  }
  return {
    lost: lostStates(plan, told, stored),
    unlikeTwins: unlikeTwins(told),
    outOfOrder: outOfOrder(told),
    negativeAfterSuccess: negativeAfterSuccess(told),
    unknown,
    repeated: told.length - new Set(told.map(({ deliveryId }) => deliveryId)).size,
  };
}

/** What has to arrive: the last state of every payment; of an order that was paid only those of payments made. */
export function finalStates({ events }: ChaosPlan): PlannedEvent[] {
  const paid = new Set(events.filter(({ status }) => PAYMENT.has(status)).map(({ reference }) => reference));
  return events.filter(({ isFinal, status, reference }) => isFinal && (PAYMENT.has(status) || !paid.has(reference)));
}

function keyOf(body: string): string {
  const notification = parseIpnBody(body);
  return notification === undefined || isIpnTest(notification) ? '' : `${notification.id} ${notification.status}`;
}

function lostStates(plan: ChaosPlan, told: readonly Told[], stored: readonly StoredDelivery[]): string[] {
  const acknowledged = new Set(told.filter(({ answer }) => answer === 200).map(({ event }) => event.id));
  const states = new Map(stored.map(({ transactionId, eventVersion, state }) => [`${transactionId} ${eventVersion}`, state]));
  return finalStates(plan)
    .filter((event) => {
      const state = states.get(`${event.transactionId} ${event.version}`);
      if (plan.tempers[event.endpoint] === 'gone') return state !== 'scheduled' && state !== 'sending' && state !== 'dead';
      return !acknowledged.has(event.id) || state !== 'delivered';
    })
    .map((event) => describe(event, states.get(`${event.transactionId} ${event.version}`)));
}

function unlikeTwins(told: readonly Told[]): string[] {
  const first = new Map<string, Told>();
  const byDelivery = new Map<string, string>();
  const unlike: string[] = [];
  for (const arrival of told) {
    const { event, deliveryId, body } = arrival;
    const twin = first.get(event.id) ?? arrival;
    first.set(event.id, twin);
    const bytes = byDelivery.get(deliveryId) ?? body;
    byDelivery.set(deliveryId, bytes);
    if (deliveryId === '' || twin.deliveryId !== deliveryId || twin.body !== body || bytes !== body)
      unlike.push(describe(event, deliveryId));
  }
  return unlike;
}

function outOfOrder(told: readonly Told[]): string[] {
  const newest = new Map<string, number>();
  return told.flatMap(({ event }) => {
    const before = newest.get(event.transactionId) ?? 0;
    newest.set(event.transactionId, Math.max(before, event.version));
    return event.version < before ? [describe(event, `after version ${before}`)] : [];
  });
}

function negativeAfterSuccess(told: readonly Told[]): string[] {
  const paid = new Set<string>();
  return told.flatMap(({ event }) => {
    if (PAYMENT.has(event.status)) paid.add(event.reference);
    return NEGATIVE.has(event.status) && paid.has(event.reference) ? [describe(event)] : [];
  });
}

function describe({ reference, transactionId, status, version, endpoint }: PlannedEvent, more = ''): string {
  return `${reference}, payment ${transactionId}, ${status} (version ${version}), receiver ${endpoint}${more && `: ${more}`}`;
}
