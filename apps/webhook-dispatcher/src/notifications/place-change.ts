import type { TransactionStatus } from '@paygate/payments-domain';
import { impliesPayment } from '../deliveries/index.js';
import type { OpenDelivery } from '../deliveries/index.js';

/** The part of a status change that decides about its announcement. */
export interface StatusChange {
  transactionId: string;
  eventVersion: number;
  /** Missing for what is not a state of a transaction. */
  status?: TransactionStatus;
}

/** What is known of a reference before the change. */
export interface ReferenceKnowledge {
  paid: boolean;
  /** The highest version seen, by transaction. */
  seen: ReadonlyMap<string, number>;
  /** Deliveries not finished. */
  open: readonly OpenDelivery[];
}

export type Placement =
  /** To be sent; `waitsFor` is an older state of the same transaction that must be finished first. */
  | { announce: true; supersedes: OpenDelivery[]; waitsFor?: string }
  /** Pointless before it was ever sent. */
  | { announce: false; supersedes: OpenDelivery[] };

/**
 * Decides about one status change. The change may come late: events are consumed in any order.
 *
 * - Once a payment of the reference has succeeded, nothing that is not about a payment made is announced, and what is open of
 *   that kind is dropped. That includes "pending": its failure could never be announced.
 * - A newer state replaces the older ones of its transaction that have not arrived. Only payments made are told in full:
 *   a refund waits for the success before it.
 * - An older state never follows a newer one that may have arrived.
 */
export function placeChange(known: ReferenceKnowledge, change: StatusChange): Placement {
  const isPayment = impliesPayment(change.status);
  const open = known.open.filter((delivery) => !delivery.obsolete);
  const own = open.filter((delivery) => delivery.transactionId === change.transactionId);
  const supersedes = open.filter((delivery) => replaces(change, isPayment, delivery));
  const seen = known.seen.get(change.transactionId) ?? 0;
  const isLate = change.eventVersion <= seen;
  if (!isPayment && (known.paid || isLate)) return { announce: false, supersedes: [] };
  if (isPayment && isLate && !canStillGoFirst(own, change.eventVersion, seen)) return { announce: false, supersedes };
  const before = own
    .filter((delivery) => delivery.eventVersion < change.eventVersion && !supersedes.includes(delivery))
    .sort((a, b) => b.eventVersion - a.eventVersion)[0];
  return before ? { announce: true, supersedes, waitsFor: before.id } : { announce: true, supersedes };
}

function replaces(change: StatusChange, isPayment: boolean, delivery: OpenDelivery): boolean {
  if (delivery.transactionId !== change.transactionId) return isPayment && !impliesPayment(delivery.status);
  if (delivery.eventVersion >= change.eventVersion) return false;
  return change.status === 'succeeded' || !impliesPayment(delivery.status);
}

/** Every state after this one is still here and was never sent. */
function canStillGoFirst(own: readonly OpenDelivery[], version: number, seen: number): boolean {
  const untouched = own.filter((d) => d.eventVersion > version && d.state === 'scheduled' && d.attemptCount === 0);
  return version < seen && untouched.length === seen - version;
}
