import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALL_DAYS, dayOf, monthsAndDays, splitPeriod } from './periods.js';

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

describe('monthsAndDays', () => {
  it.each<[string, string, string[], [string, string] | undefined]>([
    ['2026-03-01', '2026-03-31', ['month-2026-03'], ['2026-03-01', '2026-03-31']],
    ['2024-02-01', '2024-02-29', ['month-2024-02'], ['2024-02-01', '2024-02-29']],
    ['2026-03-30', '2026-03-31', ['2026-03-30', '2026-03-31'], undefined],
    ['2026-03-05', '2026-03-05', ['2026-03-05'], undefined],
    ['2025-12-31', '2026-02-01', ['2025-12-31', 'month-2026-01', '2026-02-01'], ['2026-01-01', '2026-01-31']],
    ['2025-11-01', '2026-01-31', ['month-2025-11', 'month-2025-12', 'month-2026-01'], ['2025-11-01', '2026-01-31']],
    ['2026-03-05', '2026-03-04', [], undefined],
  ])('%s to %s', (first, last, periods, inMonths) => {
    const expected = inMonths ? { inMonths: { first: inMonths[0], last: inMonths[1] } } : {};
    expect(monthsAndDays({ first, last })).toEqual({ period: { $in: periods }, ...expected });
  });

  it('reads all together, and open ends by day', () => {
    expect(monthsAndDays(undefined)).toEqual({ period: ALL_DAYS });
    const { days } = splitPeriod(undefined, at('2026-02-01T00:00Z'));
    expect(monthsAndDays(days)).toEqual({ period: { $gte: '0000-00-00', $lte: '2026-01-31' } });
  });

  it('holds every day once, in few periods', () => {
    const day = fc.date({ min: at('2020-01-01'), max: at('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (start, length) => {
        const all = Array.from({ length: length + 1 }, (_, i) => dayOf(new Date(start.getTime() + i * 86_400_000)));
        const { period } = monthsAndDays({ first: all[0] ?? '', last: all.at(-1) ?? '' });
        const periods = typeof period === 'object' && '$in' in period ? period.$in : [];
        const held = periods.flatMap((each) =>
          each.startsWith('month-') ? all.filter((one) => one.startsWith(each.slice('month-'.length))) : [each],
        );
        expect(held).toEqual(all);
        expect(periods.length).toBeLessThanOrEqual(75);
      }),
    );
  });
});
