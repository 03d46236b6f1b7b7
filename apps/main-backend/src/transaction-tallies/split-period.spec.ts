import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitPeriod } from './split-period.js';
import { ALL_DAYS, dayOf } from './tally.js';

const at = (text: string): Date => new Date(text);

describe('splitPeriod', () => {
  it.each([
    ['whole days', '2026-01-01T00:00Z', '2026-02-01T00:00Z', { first: '2026-01-01', last: '2026-01-31' }, []],
    ['one day', '2026-01-01T00:00Z', '2026-01-02T00:00Z', { first: '2026-01-01', last: '2026-01-01' }, []],
    ['part of a day', '2026-01-01T08:00Z', '2026-01-01T09:00Z', undefined, [['2026-01-01T08:00Z', '2026-01-01T09:00Z']]],
    ['across midnight', '2026-01-01T08:00Z', '2026-01-02T09:00Z', undefined, [['2026-01-01T08:00Z', '2026-01-02T09:00Z']]],
    [
      'days with both ends',
      '2026-01-01T08:00Z',
      '2026-01-04T09:00Z',
      { first: '2026-01-02', last: '2026-01-03' },
      [
        ['2026-01-01T08:00Z', '2026-01-02T00:00Z'],
        ['2026-01-04T00:00Z', '2026-01-04T09:00Z'],
      ],
    ],
    ['nothing', '2026-01-02T00:00Z', '2026-01-02T00:00Z', undefined, []],
  ])('%s', (_name, from, until, days, rest) => {
    expect(splitPeriod(at(from), at(until))).toEqual({
      ...(days ? { days } : {}),
      rest: rest.map(([start = '', end = '']) => ({ from: at(start), until: at(end) })),
    });
  });

  it('every instant of the period is in exactly one part, and no other instant in any', () => {
    const instant = fc.date({ min: at('2025-12-30T00:00Z'), max: at('2026-01-05T00:00Z'), noInvalidDate: true });
    const bound = fc.option(instant, { nil: undefined });
    fc.assert(
      fc.property(bound, bound, instant, (from, until, moment) => {
        const { days, rest } = splitPeriod(from, until);
        const day = dayOf(moment);
        const parts = [
          days !== undefined && day >= days.first && day <= days.last,
          ...rest.map((part) => moment >= part.from && moment < part.until),
        ];
        const isInside = (from === undefined || moment >= from) && (until === undefined || moment < until);
        expect(parts.filter(Boolean)).toHaveLength(isInside ? 1 : 0);
        expect(days === undefined || days.last < ALL_DAYS).toBe(true);
      }),
    );
  });
});
