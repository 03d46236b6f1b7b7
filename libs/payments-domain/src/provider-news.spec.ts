import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHARGEBACK_STATUSES } from './chargeback.js';
import { chargebackNewsHolds, refundNewsHolds } from './provider-news.js';
import type { Standing } from './provider-news.js';
import { REFUND_STATUSES } from './refund.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 8, 14, 0, second));

describe('refundNewsHolds', () => {
  it.each([
    ['pending', 1, 'succeeded', 2, true],
    ['pending', 2, 'succeeded', 1, true],
    ['succeeded', 1, 'pending', 2, false],
    ['succeeded', 1, 'failed', 2, true],
    ['succeeded', 2, 'failed', 1, false],
    ['failed', 1, 'succeeded', 2, true],
    ['succeeded', 1, 'failed', 1, true],
    ['failed', 1, 'succeeded', 1, false],
    ['succeeded', 1, 'succeeded', 1, false],
  ] as const)('%s at %d, then %s at %d: %p', (status, since, then, thenAt, holds) => {
    expect(refundNewsHolds({ status, since: at(since) }, { status: then, since: at(thenAt) })).toBe(holds);
  });

  it.each(REFUND_STATUSES)('whatever the provider says holds against our own %s', (status) => {
    for (const reported of REFUND_STATUSES) expect(refundNewsHolds({ status }, { status: reported, since: at(0) })).toBe(true);
  });
});

describe('chargebackNewsHolds', () => {
  it.each([
    ['open', 1, 'lost', 2, true],
    ['lost', 2, 'open', 1, false],
    ['lost', 1, 'open', 2, true],
    ['open', 1, 'under_review', 1, true],
    ['won', 1, 'lost', 1, true],
    ['lost', 1, 'accepted', 1, false],
    ['won', 1, 'won', 1, false],
  ] as const)('%s at %d, then %s at %d: %p', (status, since, then, thenAt, holds) => {
    expect(chargebackNewsHolds({ status, since: at(since) }, { status: then, since: at(thenAt) })).toBe(holds);
  });
});

describe('reports in any order', () => {
  const laws = <S extends string>(
    statuses: readonly S[],
    holds: (known: Standing<S>, reported: Required<Standing<S>>) => boolean,
  ): void => {
    const report = fc.record({ status: fc.constantFrom(...statuses), since: fc.integer({ min: 0, max: 3 }).map(at) });
    const end = (first: S, reports: readonly Required<Standing<S>>[]): Standing<S> =>
      reports.reduce<Standing<S>>((known, reported) => (holds(known, reported) ? reported : known), { status: first });
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (reports, numbers) => {
        const shuffled = [...reports, ...reports]
          .map((value) => ({ value, key: numbers.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(end(statuses[0] as S, shuffled)).toEqual(end(statuses[0] as S, reports));
      }),
    );
  };

  it('end in the same refund, also with repetitions', () => laws(REFUND_STATUSES, refundNewsHolds));
  it('end in the same dispute, also with repetitions', () => laws(CHARGEBACK_STATUSES, chargebackNewsHolds));
});
