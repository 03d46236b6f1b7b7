import { describe, expect, it } from '@jest/globals';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import fc from 'fast-check';
import { turnOf } from './lane-order.js';
import type { OpenDelivery } from './lane-order.js';

const now = new Date('2026-03-01T12:00:00Z');
const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

function delivery(id: string, fields: Partial<OpenDelivery> = {}): OpenDelivery {
  return {
    id,
    transactionId: id.charAt(0),
    eventVersion: Number(id.slice(1)),
    status: 'failed',
    state: 'scheduled',
    origin: 'https://shop.example',
    attemptCount: 0,
    nextAttemptAt: at(-1),
    obsolete: false,
    ...fields,
  };
}

describe('turnOf', () => {
  it.each([
    ['nothing', [], undefined, []],
    ['the only one that is due', [delivery('a2')], 'a2', []],
    ['none that is not due', [delivery('a2', { nextAttemptAt: at(5) })], undefined, []],
    ['none that waits behind another', [delivery('a2', { nextAttemptAt: null })], undefined, []],
    ['the success first', [delivery('a2', { nextAttemptAt: at(-60) }), delivery('b2', { status: 'succeeded' })], 'b2', []],
    ['the longest waiting of the others', [delivery('a2'), delivery('b2', { nextAttemptAt: at(-60) })], 'b2', []],
    [
      'the older state of a transaction',
      [delivery('a3', { status: 'refunded' }), delivery('a2', { status: 'succeeded' })],
      'a2',
      [['a3', 'a2']],
    ],
    [
      'nothing behind a success that waits for its retry',
      [delivery('a3', { status: 'refunded' }), delivery('a2', { status: 'succeeded', nextAttemptAt: at(300) })],
      undefined,
      [['a3', 'a2']],
    ],
    [
      'nothing behind one on the wire',
      [delivery('a3'), delivery('a2', { state: 'sending', nextAttemptAt: null })],
      undefined,
      [['a3', 'a2']],
    ],
    ['what an obsolete one no longer holds up', [delivery('a3'), delivery('a2', { obsolete: true })], 'a3', []],
    [
      'nothing while another transaction is on the wire',
      [delivery('b2'), delivery('a2', { state: 'sending', nextAttemptAt: null })],
      undefined,
      [],
    ],
    ['nothing while an obsolete one is on the wire', [delivery('a3'), delivery('a2', { state: 'sending', obsolete: true })], undefined, []],
  ] as [string, OpenDelivery[], string | undefined, [string, string][]][])('%s', (_, open, next, behind) => {
    const turn = turnOf(open, now);
    expect(turn.next?.id).toBe(next);
    expect(turn.behind.map(({ delivery: blocked, waitsFor }) => [blocked.id, waitsFor])).toEqual(behind);
  });

  it('never lets a later state of a transaction go before an earlier one', () => {
    const anyDelivery = fc.record({
      transactionId: fc.constantFrom('a', 'b', 'c'),
      eventVersion: fc.integer({ min: 1, max: 6 }),
      status: fc.constantFrom(...TRANSACTION_STATUSES),
      state: fc.constantFrom('scheduled' as const, 'sending' as const),
      nextAttemptAt: fc.option(fc.integer({ min: -100, max: 100 }).map(at)),
      obsolete: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyDelivery, { selector: (d) => `${d.transactionId}${d.eventVersion}` }), (drawn) => {
        const open = drawn.map((fields) => delivery(`${fields.transactionId}${fields.eventVersion}`, fields));
        const { next } = turnOf(open, now);
        if (!next) return;
        expect(open.filter((d) => d.state === 'sending')).toEqual([]);
        expect(next).toMatchObject({ state: 'scheduled', obsolete: false });
        expect(next.nextAttemptAt?.getTime()).toBeLessThanOrEqual(now.getTime());
        const earlier = open.filter((d) => !d.obsolete && d.transactionId === next.transactionId && d.eventVersion < next.eventVersion);
        expect(earlier).toEqual([]);
      }),
    );
  });
});
