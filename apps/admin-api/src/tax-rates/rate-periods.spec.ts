import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, dayBefore, overlap, without } from './rate-periods.js';
import type { DayPeriod } from './rate-periods.js';

const FIRST = Date.UTC(2024, 0, 1);
const dayOf = (index: number): string => new Date(FIRST + index * 86_400_000).toISOString().slice(0, 10);
const DAYS = Array.from({ length: 40 }, (_, index) => dayOf(index));

const period: fc.Arbitrary<DayPeriod> = fc
  .record({ from: fc.integer({ min: 0, max: 38 }), length: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }) })
  .map(({ from, length }) => ({ validFrom: dayOf(from), ...(length === undefined ? {} : { validTo: dayOf(from + length) }) }));

const holdsOn = ({ validFrom, validTo }: DayPeriod, day: string): boolean => validFrom <= day && (validTo === undefined || day <= validTo);

describe('periods of days', () => {
  it.each([
    ['2024-03-01', '2024-02-29'],
    ['2025-01-01', '2024-12-31'],
    ['2025-03-31', '2025-03-30'],
  ])('before %s comes %s', (day, before) => {
    expect([dayBefore(day), dayAfter(before)]).toEqual([before, day]);
  });

  it('overlap when some day is in both', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        // Open ends meet beyond the days looked at.
        const days = [...DAYS, dayOf(100)];
        expect(overlap(a, b)).toBe(days.some((day) => holdsOn(a, day) && holdsOn(b, day)));
      }),
    );
  });

  it('without others have exactly the days that are in none of these', () => {
    fc.assert(
      fc.property(period, fc.array(period, { maxLength: 4 }), (whole, others) => {
        const left = without(whole, others);
        for (const day of [...DAYS, dayOf(100)]) {
          const expected = holdsOn(whole, day) && !others.some((other) => holdsOn(other, day));
          expect([day, left.filter((part) => holdsOn(part, day)).length]).toEqual([day, expected ? 1 : 0]);
        }
      }),
    );
  });
});
