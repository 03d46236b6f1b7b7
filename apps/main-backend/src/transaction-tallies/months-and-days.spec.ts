import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { monthsAndDays } from './months-and-days.js';

describe('monthsAndDays', () => {
  it.each<[string, string, string[], [string, string] | undefined]>([
    ['2026-03-01', '2026-03-31', ['month-2026-03'], ['2026-03-01', '2026-03-31']],
    ['2024-02-01', '2024-02-29', ['month-2024-02'], ['2024-02-01', '2024-02-29']],
    ['2024-02-01', '2024-02-28', days('2024-02', 1, 28), undefined],
    ['2026-03-02', '2026-03-31', days('2026-03', 2, 31), undefined],
    ['2026-03-05', '2026-03-05', ['2026-03-05'], undefined],
    ['2025-12-31', '2026-02-01', ['2025-12-31', 'month-2026-01', '2026-02-01'], ['2026-01-01', '2026-01-31']],
    ['2025-11-01', '2026-01-31', ['month-2025-11', 'month-2025-12', 'month-2026-01'], ['2025-11-01', '2026-01-31']],
    ['2026-03-05', '2026-03-04', [], undefined],
  ])('%s to %s', (first, last, periods, inMonths) => {
    expect(monthsAndDays(first, last)).toEqual({ periods, inMonths: inMonths && { first: inMonths[0], last: inMonths[1] } });
  });

  it('holds every day once, in few periods', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (start, length) => {
        const all = Array.from({ length: length + 1 }, (_, i) => new Date(start.getTime() + i * 86_400_000).toISOString().slice(0, 10));
        const { periods } = monthsAndDays(all[0] ?? '', all.at(-1) ?? '');
        const held = periods.flatMap((period) =>
          period.startsWith('month-') ? all.filter((each) => each.startsWith(period.slice('month-'.length))) : [period],
        );
        expect(held).toEqual(all);
        expect(periods.length).toBeLessThanOrEqual(75);
      }),
    );
  });
});

function days(month: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `${month}-${String(first + i).padStart(2, '0')}`);
}
