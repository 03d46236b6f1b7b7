import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inEuroCents, RateTable } from './rate-table.js';

const TABLE = new RateTable([
  { day: '2026-11-13', rates: { USD: '1.05', JPY: '161.3' } },
  { day: '2026-11-16', rates: { USD: '1.06' } },
]);

describe('the rate of a day', () => {
  it.each<[string, string, 'before' | 'after', string | undefined, string | undefined]>([
    ['USD', '2026-11-13', 'before', '1.05', '2026-11-13'],
    ['USD', '2026-11-15', 'before', '1.05', '2026-11-13'],
    ['USD', '2026-11-15', 'after', '1.06', '2026-11-16'],
    ['USD', '2026-11-16', 'before', '1.06', '2026-11-16'],
    ['JPY', '2026-11-16', 'before', '161.3', '2026-11-13'],
    ['JPY', '2026-11-23', 'before', '161.3', '2026-11-13'],
    // Discontinued: an old rate is none.
    ['JPY', '2026-11-24', 'before', undefined, undefined],
    ['USD', '2026-11-12', 'before', undefined, undefined],
    ['USD', '2026-11-17', 'after', undefined, undefined],
    ['CHF', '2026-11-16', 'before', undefined, undefined],
    ['EUR', '2001-01-01', 'before', '1', '2001-01-01'],
  ])('%s on %s, else %s, is %s of %s', (currency, day, otherwise, decimal, of) => {
    const rate = TABLE.unitsPerEuro(currency, day, otherwise);
    expect([rate?.decimal, rate?.day]).toEqual([decimal, of]);
    if (decimal !== undefined) expect(rate?.unitsPerEuro).toBe(Number(decimal));
  });
});

describe('an amount in euro cents', () => {
  it.each([
    [10_500, 'USD', '1.05', 10_000],
    [-10_500, 'USD', '1.05', -10_000],
    [1, 'USD', '2', 1],
    [-1, 'USD', '2', -1],
    [1, 'USD', '2.0001', 0],
    [16_130, 'JPY', '161.3', 10_000],
    [1_000, 'KWD', '0.25', 400],
    [4_900, 'EUR', '1', 4_900],
    [0, 'USD', '1.05', 0],
    [Number.MAX_SAFE_INTEGER, 'EUR', '1', Number.MAX_SAFE_INTEGER],
  ])('%d %s at %s is %d', (amount, currency, decimal, cents) => {
    expect(inEuroCents(amount, { currency, decimal })).toBe(cents);
  });

  it('is half a cent off at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1000, max: 10_000_000 }), (amount, tenThousandths) => {
        const decimal = (tenThousandths / 10_000).toFixed(4);
        const cents = inEuroCents(amount, { currency: 'USD', decimal });
        // Without a fraction: |cents * rate - amount| <= rate / 2.
        expect(2 * Math.abs(cents * tenThousandths - amount * 10_000)).toBeLessThanOrEqual(tenThousandths);
      }),
    );
  });
});
