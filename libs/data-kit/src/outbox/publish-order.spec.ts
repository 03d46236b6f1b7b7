import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutboxRow } from './outbox.schema.js';
import { planPublication } from './publish-order.js';

const row = (_id: string, orderingKey?: string, position?: number): OutboxRow => ({
  _id,
  subject: 'main.event.thing.done.v1',
  payload: {},
  occurredAt: new Date(0),
  requestId: 'r',
  attempts: 0,
  pending: true,
  ...(orderingKey === undefined ? {} : { orderingKey, position: position ?? 0 }),
});

const ids = (rows: readonly OutboxRow[]): string[] => rows.map((r) => r._id);

describe('planPublication', () => {
  it('gives each row without a key a lane of its own', () => {
    const plan = planPublication([row('a'), row('b')], []);
    expect(plan.lanes.map(ids)).toEqual([['a'], ['b']]);
    expect(plan.blocked).toEqual([]);
  });

  const [a1, a2, a3, b1] = [row('a1', 'a', 1), row('a2', 'a', 2), row('a3', 'a', 3), row('b1', 'b', 1)];
  it.each<[string, OutboxRow[], OutboxRow[], string[][], string[]]>([
    ['all of a key, in order', [a3, a1, a2], [a2, a3, a1], [['a1', 'a2', 'a3']], []],
    ['nothing while the oldest is held elsewhere', [a2, a3], [a1, a2, a3], [], ['a2', 'a3']],
    ['up to a row held elsewhere', [a1, a3], [a1, a2, a3], [['a1']], ['a3']],
    ['the rest once the oldest was sent', [a2, a3], [a2, a3], [['a2', 'a3']], []],
    ['keys independently', [a2, b1], [a1, a2, b1], [['b1']], ['a2']],
    ['nothing that was sent meanwhile', [a1], [], [], ['a1']],
  ])('publishes %s', (_what, claimed, pending, lanes, blocked) => {
    const plan = planPublication(claimed, pending);
    expect(plan.lanes.map(ids)).toEqual(lanes);
    expect(ids(plan.blocked)).toEqual(blocked);
  });

  it('never publishes a row before an older pending one of its key, and forgets none', () => {
    const rows = fc.uniqueArray(fc.record({ key: fc.constantFrom('a', 'b', 'c'), position: fc.nat(20), mine: fc.boolean() }), {
      selector: ({ key, position }) => `${key}${position}`,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (all) => {
        const made = all.map((r) => ({ ...r, row: row(`${r.key}${r.position}`, r.key, r.position) }));
        const claimed = made.filter((r) => r.mine).map((r) => r.row);
        const plan = planPublication(
          claimed,
          made.map((r) => r.row),
        );
        expect([...plan.lanes.flat(), ...plan.blocked].map((r) => r._id).sort()).toEqual(ids(claimed).sort());
        for (const lane of plan.lanes) {
          lane.forEach((r, index) => {
            const older = made.filter((o) => o.key === r.orderingKey && o.position < (r.position ?? 0)).map((o) => o.row._id);
            expect(ids(lane.slice(0, index)).sort()).toEqual(older.sort());
          });
        }
      }),
    );
  });
});
