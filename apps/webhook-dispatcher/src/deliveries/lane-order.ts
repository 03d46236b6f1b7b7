import type { TransactionStatus } from '@paygate/payments-domain';

/** A delivery that is not finished, as far as its turn is concerned. */
export interface OpenDelivery {
  id: string;
  /** What has an order of its own: the transaction, or a refund or test by the id of that. */
  transactionId: string;
  eventVersion: number;
  status?: TransactionStatus;
  state: 'scheduled' | 'sending';
  endpointId?: string;
  origin: string;
  attemptCount: number;
  nextAttemptAt: Date | null;
  obsolete: boolean;
}

/** A payment was made: these statuses are told whatever else happens. The others are withdrawn once the reference is paid. */
export function impliesPayment(status: TransactionStatus | undefined): boolean {
  return status === 'succeeded' || status === 'refunded' || status === 'charged_back';
}

export interface Turn {
  /** Goes on the wire now. */
  next?: OpenDelivery;
  /** Due, but behind an older state of the same transaction. */
  behind: { delivery: OpenDelivery; waitsFor: string }[];
}

/**
 * Whose turn it is among the open deliveries of one reference. At most one is on the wire. States of one transaction go in the
 * order of their versions; between transactions a success goes first, then what has been due for longest.
 */
export function turnOf(open: readonly OpenDelivery[], now: Date): Turn {
  const heads = new Map<string, OpenDelivery>();
  const live = open.filter((delivery) => !delivery.obsolete);
  for (const delivery of live) {
    const head = heads.get(delivery.transactionId);
    if (!head || delivery.eventVersion < head.eventVersion) heads.set(delivery.transactionId, delivery);
  }
  const behind = live.flatMap((delivery) => {
    const head = heads.get(delivery.transactionId);
    return head && head !== delivery && isDue(delivery, now) ? [{ delivery, waitsFor: head.id }] : [];
  });
  // Also one that is obsolete: it may be arriving right now.
  const isOnTheWire = open.some((delivery) => delivery.state === 'sending');
  const next = isOnTheWire ? undefined : [...heads.values()].filter((head) => isDue(head, now)).sort(byUrgency)[0];
  return next ? { next, behind } : { behind };
}

function isDue(delivery: OpenDelivery, now: Date): boolean {
  return delivery.nextAttemptAt !== null && delivery.nextAttemptAt <= now;
}

function byUrgency(a: OpenDelivery, b: OpenDelivery): number {
  const success = Number(b.status === 'succeeded') - Number(a.status === 'succeeded');
  return success || (a.nextAttemptAt?.getTime() ?? 0) - (b.nextAttemptAt?.getTime() ?? 0) || a.eventVersion - b.eventVersion;
}
