import { describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import fc from 'fast-check';
import { tallyChanges } from './tally.js';
import type { Tallied, TallyCell } from './tally.js';

const scope = TenantScope.of(newObjectId(), false);
const transaction: Tallied = {
  scope,
  siteId: 's1',
  providerId: 'p1',
  providerType: 'stripe',
  status: 'initiated',
  currency: 'EUR',
  amount: 4900,
  refundedAmount: 0,
  createdAt: new Date('2026-01-31T23:59:59.999Z'),
};
const brief = (cells: readonly TallyCell[]) =>
  cells.map(({ day, status, count, amount, refundedAmount }) => [day, status, count, amount, refundedAmount]);

describe('tallyChanges', () => {
  it('counts a new transaction on its day', () => {
    expect(brief(tallyChanges(undefined, transaction))).toEqual([['2026-01-31', 'initiated', 1, 4900, 0]]);
  });

  it('moves it from one status to the other', () => {
    expect(brief(tallyChanges(transaction, { ...transaction, status: 'succeeded' }))).toEqual([
      ['2026-01-31', 'initiated', -1, -4900, 0],
      ['2026-01-31', 'succeeded', 1, 4900, 0],
    ]);
  });

  it('notes what was refunded without counting again', () => {
    expect(brief(tallyChanges(transaction, { ...transaction, refundedAmount: 900 }))).toEqual([['2026-01-31', 'initiated', 0, 0, 900]]);
  });

  it('takes a deleted one out, and in again', () => {
    const deleted = { ...transaction, deletedAt: new Date() };
    expect(brief(tallyChanges(transaction, deleted)).map(([, , count]) => count)).toEqual([-1]);
    expect(brief(tallyChanges(deleted, transaction)).map(([, , count]) => count)).toEqual([1]);
    expect(tallyChanges(deleted, deleted)).toEqual([]);
  });

  it('adds nothing when nothing that counts has changed', () => expect(tallyChanges(transaction, { ...transaction })).toEqual([]));

  it('however a transaction changes, the sum of all changes is what it is in the end', () => {
    const state = fc.record({
      status: fc.constantFrom(...TRANSACTION_STATUSES),
      refundedAmount: fc.integer({ min: 0, max: 4900 }),
      deletedAt: fc.option(fc.constant(new Date(0)), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), (states) => {
        const sums = new Map<string, number[]>();
        let before: Tallied | undefined;
        for (const change of states) {
          const after = { ...transaction, ...change };
          for (const row of tallyChanges(before, after)) {
            const [count = 0, amount = 0, refunded = 0] = sums.get(row.status) ?? [];
            sums.set(row.status, [count + row.count, amount + row.amount, refunded + row.refundedAmount]);
          }
          before = after;
        }
        const left = [...sums.values()].filter((figures) => figures.some((figure) => figure !== 0));
        const expected = before?.deletedAt ? [] : [1, 4900, before?.refundedAmount ?? 0];
        expect(left).toEqual(expected.length > 0 ? [expected] : []);
      }),
    );
  });
});
