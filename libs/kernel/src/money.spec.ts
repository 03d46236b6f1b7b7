import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES, isCurrencyCode, minorDigits } from './currency.js';
import { Money } from './money.js';

const currency = fc.constantFrom(...CURRENCIES);
const minor = fc.bigInt({ min: BigInt(Number.MIN_SAFE_INTEGER), max: BigInt(Number.MAX_SAFE_INTEGER) });

describe('Money', () => {
  it.each([
    ['49.00', 'EUR', 4900n],
    ['0.05', 'USD', 5n],
    ['-1.5', 'EUR', -150n],
    ['5000', 'JPY', 5000n],
    ['1.250', 'KWD', 1250n],
    ['7', 'EUR', 700n],
  ])('reads %s %s', (text, code, expected) => {
    expect(Money.parse(text, code).minor).toBe(expected);
  });

  it.each([
    ['1.005', 'USD'],
    ['1.5', 'JPY'],
    ['1,50', 'EUR'],
    ['', 'EUR'],
    ['1e3', 'EUR'],
    ['.5', 'EUR'],
    ['NaN', 'EUR'],
    ['1', 'XXX'],
  ])('refuses to read "%s" as %s', (text, code) => {
    expect(() => Money.parse(text, code)).toThrow(RangeError);
  });

  it.each([
    [4900, 'EUR', '49.00'],
    [5, 'USD', '0.05'],
    [-5, 'USD', '-0.05'],
    [5000, 'JPY', '5000'],
    [1250, 'KWD', '1.250'],
  ])('writes %d minor units of %s as %s', (amount, code, expected) => {
    expect(Money.ofMinor(amount, code).toDecimal()).toBe(expected);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d minor units', (amount) => {
    expect(() => Money.ofMinor(amount, 'EUR')).toThrow(RangeError);
  });

  it('reads back what it wrote, in every currency', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        const money = Money.ofMinor(amount, code);
        expect(Money.parse(money.toDecimal(), code).minor).toBe(amount);
      }),
    );
  });

  it('splits without losing or inventing anything, each part within one unit of its fair share', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((w) => w > 0n));
    fc.assert(
      fc.property(minor, weights, (amount, parts) => {
        const total = parts.reduce((sum, weight) => sum + weight, 0n);
        const split = Money.ofMinor(amount, 'EUR').allocate(parts);
        expect(split.reduce((sum, part) => sum + part.minor, 0n)).toBe(amount);
        split.forEach((part, index) => {
          const distance = part.minor * total - amount * (parts[index] ?? 0n);
          expect(distance < total && distance > -total).toBe(true);
        });
      }),
    );
  });

  it('never mixes currencies', () => {
    expect(() => Money.ofMinor(1, 'EUR').plus(Money.ofMinor(1, 'USD'))).toThrow(RangeError);
    expect(() => Money.ofMinor(1, 'EUR').minus(Money.ofMinor(1, 'USD'))).toThrow(RangeError);
  });

  it('refuses to become a JSON number that would lose digits', () => {
    expect(Money.ofMinor(Number.MAX_SAFE_INTEGER, 'EUR').toMinorNumber()).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => Money.ofMinor(2n ** 53n, 'EUR').toMinorNumber()).toThrow(RangeError);
  });

  it.each([
    ['en', 4900, 'EUR', '€49.00'],
    ['de', 4900, 'EUR', '49,00 €'],
    ['ja', 5000, 'JPY', '¥5,000'],
    ['en', 1250, 'KWD', 'KWD 1.250'],
  ])('formats for people in %s', (locale, amount, code, expected) => {
    expect(Money.ofMinor(amount, code).format(locale).replace('￥', '¥').replaceAll(/\s/g, ' ')).toBe(expected);
  });

  it('formats large amounts to the last digit', () => {
    expect(Money.ofMinor(9_007_199_254_740_991n, 'EUR').format('en')).toBe('€90,071,992,547,409.91');
  });
});

describe('currencies', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['ISK', 0],
    ['HUF', 2],
  ])('%s has %d decimals', (code, digits) => {
    expect(isCurrencyCode(code) && minorDigits(code)).toBe(digits);
  });

  it.each(['eur', 'EU', 'XXX', '', null, 5, 'BTC'])('does not know %p', (code) => {
    expect(isCurrencyCode(code)).toBe(false);
  });
});
