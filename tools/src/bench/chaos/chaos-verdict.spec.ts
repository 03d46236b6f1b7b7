import { describe, expect, it } from '@jest/globals';
import { buildIpnBody } from '@paygate/webhook-protocol';
import { finalStates, judgeChaos } from './chaos-verdict.js';
import type { ChaosVerdict, StoredDelivery } from './chaos-verdict.js';
import { planChaos, seededRandom } from './chaos-plan.js';
import type { ChaosPlan, PlannedEvent, PlannedStatus } from './chaos-plan.js';
import type { Arrival } from './chaos-receivers.js';
import { brokenPromises } from './chaos-report.js';
import { disasterOrder } from './disasters.js';

function event(transactionId: string, status: PlannedStatus, version: number, isFinal: boolean, endpoint = 0): PlannedEvent {
  return { id: `${transactionId}-${version}`, transactionId, reference: `order-${endpoint}`, endpoint, status, version, isFinal };
}

/** Receiver 0: a payment that fails and one that succeeds and is refunded. Receiver 1, which is gone: a failed one. */
const failed = event('t1', 'failed', 2, true);
const paid = event('t2', 'succeeded', 2, false);
const refunded = event('t2', 'refunded', 3, true);
const pending = event('t3', 'pending_provider', 2, false, 2);
const cancelled = event('t3', 'cancelled', 3, true, 2);
const gone = event('t4', 'failed', 2, true, 1);
const plan: ChaosPlan = { tempers: ['healthy', 'gone', 'failing'], events: [failed, paid, refunded, pending, cancelled, gone] };

function arrival({ transactionId, status, version, endpoint }: PlannedEvent, more: Partial<Arrival> = {}): Arrival {
  const deliveryId = `dlv_${transactionId}_${version}`;
  const facts = { transactionId, status, deliveryId, eventVersion: version, occurredAt: new Date(0), sessionPublicId: 's' };
  return { endpoint, deliveryId, body: buildIpnBody(2, facts), answer: 200, ...more };
}

const KEPT: Arrival[] = [
  arrival(failed),
  arrival(paid),
  arrival(paid),
  arrival(refunded),
  arrival(pending, { answer: 500 }),
  arrival(cancelled, { answer: undefined }),
  arrival(cancelled),
];
const STORED: StoredDelivery[] = plan.events.map(({ transactionId, version, endpoint }) => ({
  transactionId,
  eventVersion: version,
  state: endpoint === 1 ? 'scheduled' : 'delivered',
}));

function broken(verdict: ChaosVerdict): Record<string, number> {
  const lists = Object.entries(verdict).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
  return Object.fromEntries(lists.filter(([, cases]) => cases.length > 0).map(([name, cases]) => [name, cases.length]));
}

describe('judgeChaos', () => {
  it('finds nothing wrong with repetitions and refused attempts', () => {
    const verdict = judgeChaos(plan, KEPT, STORED);
    expect(broken(verdict)).toEqual({});
    expect(verdict.repeated).toBe(2);
    expect(brokenPromises({ verdict, plan, states: { delivered: 5, scheduled: 1 } })).toEqual([]);
  });

  it.each<[string, Arrival[], StoredDelivery[], object]>([
    ['a final state that never arrived', KEPT.slice(0, -2), STORED, { lost: 1 }],
    ['a final state that was never acknowledged', KEPT.slice(0, -1), STORED, { lost: 1 }],
    ['a final state that is not known to have arrived', KEPT, STORED.map((row) => ({ ...row, state: 'scheduled' })), { lost: 2 }],
    [
      'a final state for a receiver that is gone, thrown away',
      KEPT,
      STORED.filter(({ transactionId }) => transactionId !== 't4'),
      { lost: 1 },
    ],
    ['a repetition with another id', [...KEPT, arrival(refunded, { deliveryId: 'dlv_other' })], STORED, { unlikeTwins: 1 }],
    ['a repetition with other bytes', [...KEPT, arrival(refunded, { body: `${arrival(refunded).body} ` })], STORED, { unlikeTwins: 1 }],
    ['an older state after a newer one', [...KEPT, arrival(pending)], STORED, { outOfOrder: 1 }],
    ['a failure after a success', [...KEPT, arrival(failed)], STORED, { negativeAfterSuccess: 1 }],
    ['what nobody ordered', [...KEPT, arrival(event('t9', 'failed', 2, true))], STORED, { unknown: 1 }],
    ['what another receiver should have had', [...KEPT, arrival(gone, { endpoint: 0 })], STORED, { unknown: 1 }],
  ])('finds %s', (_, arrivals, stored, expected) => {
    const verdict = judgeChaos(plan, arrivals, stored);
    // A failed payment of an order that was paid need not arrive, so only two final states can be lost to the first receivers.
    expect(broken(verdict)).toEqual(expected);
    expect(brokenPromises({ verdict, plan, states: { delivered: 6 } })).not.toEqual([]);
  });

  it('misses a delivery that was never made', () => {
    const verdict = judgeChaos(plan, KEPT, STORED);
    expect(brokenPromises({ verdict, plan, states: { delivered: 5 } })).toEqual(['6 events made 5 deliveries']);
  });
});

describe('planChaos', () => {
  const { events, tempers } = planChaos(5_000, 50, seededRandom(1));

  it('has every temper, and all kinds of orders', () => {
    expect(new Set(tempers)).toEqual(new Set(['healthy', 'slow', 'failing', 'dead', 'gone']));
    expect(new Set(events.map(({ status }) => status)).size).toBe(6);
    expect(new Set(events.map(({ endpoint }) => endpoint)).size).toBe(50);
    expect(events.length).toBeGreaterThanOrEqual(5_000);
  });

  it('lets the states of a payment happen in order, the last one being final', () => {
    const versions = new Map<string, number>();
    const ended = new Set<string>();
    for (const { transactionId, version, isFinal } of events) {
      expect(ended.has(transactionId)).toBe(false);
      expect(version).toBe((versions.get(transactionId) ?? 1) + 1);
      versions.set(transactionId, version);
      if (isFinal) ended.add(transactionId);
    }
    expect(ended.size).toBe(versions.size);
  });

  it('asks for the last state of every payment, but for those that failed in an order that was paid', () => {
    const asked = new Set(finalStates({ events, tempers }).map(({ id }) => id));
    const isPaid = new Set(events.filter(({ status }) => status === 'succeeded').map(({ reference }) => reference));
    for (const { id, isFinal, status, reference } of events) {
      const isNegative = status === 'failed' || status === 'cancelled';
      expect(asked.has(id)).toBe(isFinal && !(isNegative && isPaid.has(reference)));
    }
  });
});

describe('disasterOrder', () => {
  it('puts the kills in between everything else', () => {
    expect(disasterOrder({ kill: 5, flush: 2, nats: 2 })).toEqual([
      'kill',
      'flush',
      'nats',
      'kill',
      'kill',
      'kill',
      'flush',
      'nats',
      'kill',
    ]);
  });
});
