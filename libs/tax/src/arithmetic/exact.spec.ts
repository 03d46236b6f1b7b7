import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, allocateInProportion, mulDivFloor, mulDivRound } from './exact.js';

/** The same with bigint alone. */
function rounded(a: number, b: number, divisor: number): bigint {
  const product = BigInt(a) * BigInt(b);
  const magnitude = product < 0n ? -product : product;
  const quotient = (2n * magnitude + BigInt(divisor)) / (2n * BigInt(divisor));
  return product < 0n ? -quotient : quotient;
}

describe('mulDivRound', () => {
  it.each([
    [1, 1, 2, 1],
    [-1, 1, 2, -1],
    [1, 1, 3, 0],
    [-1, 1, 3, 0],
    [4900, 19_000_000, 119_000_000, 782],
    [Number.MAX_SAFE_INTEGER, 2, 2, Number.MAX_SAFE_INTEGER],
  ])('%d × %d / %d is %d', (a, b, divisor, expected) => expect(mulDivRound(a, b, divisor)).toBe(expected));

  it('is exact however large the values', () => {
    const value = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2_000_000, max: 2_000_000 }));
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 200_000_000 }), fc.integer({ min: 1, max: 200_000_000 }), (a, b, divisor) => {
        const exact = rounded(a, b, divisor);
        fc.pre(Number.isSafeInteger(Number(exact)));
        expect(mulDivRound(a, b, divisor)).toBe(Number(exact));
        const [quotient, remainder] = mulDivFloor(a, b, divisor);
        expect(BigInt(quotient) * BigInt(divisor) + BigInt(remainder)).toBe(BigInt(a) * BigInt(b));
        expect(remainder >= 0 && remainder < divisor).toBe(true);
      }),
    );
  });
});

describe('allocate', () => {
  it('gives what is left to those that lost most, and to the first key of equals', () => {
    const parts = ['c', 'b', 'a'].map((key) => ({ key, weight: 1 }));
    expect(allocateInProportion(4, parts)).toEqual([1, 1, 2]);
    expect(allocateInProportion(-4, parts)).toEqual([-2, -1, -1]);
  });

  it('always adds up, and is never more than one unit off', () => {
    const weights = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 100_000_000 }), (values, units) => {
        const sum = values.reduce((total, value) => total + value, 0);
        const whole = mulDivRound(sum, units, 100_000_000);
        const shares = allocate(
          whole,
          values.map((weight, index) => ({ key: String(index), weight })),
          units,
          100_000_000,
        );
        expect(shares.reduce((total, share) => total + share, 0)).toBe(whole);
        shares.forEach((share, index) => {
          expect(Math.abs(share - ((values[index] ?? 0) * units) / 100_000_000)).toBeLessThanOrEqual(1 + 1e-6);
        });
      }),
    );
  });
});
