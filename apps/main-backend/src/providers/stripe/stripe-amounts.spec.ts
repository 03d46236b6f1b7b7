import { describe, expect, it } from '@jest/globals';
import { CURRENCIES } from '@paygate/kernel';
import fc from 'fast-check';
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.js';

describe('amounts at Stripe', () => {
  it.each<[number, string, number | undefined]>([
    [1250, 'EUR', 1250],
    [500, 'JPY', 500],
    [5000, 'CLP', 5000],
    // No decimals in ISO 4217, two at Stripe.
    [5, 'ISK', 500],
    [1000, 'UGX', 100_000],
    // Two in ISO 4217, none at Stripe.
    [50_000, 'MGA', 500],
    [50_050, 'MGA', undefined],
    // Two at both, although payouts have none.
    [1045, 'HUF', 1045],
    [1045, 'TWD', 1045],
    // The last of three decimals has to be 0.
    [5120, 'KWD', 5120],
    [5124, 'KWD', undefined],
    [10, 'BHD', 10],
    [2 ** 53, 'EUR', undefined],
    [12.5, 'EUR', undefined],
  ])('%p minor units of %s → %p', (minor, currency, expected) => expect(toStripeAmount(minor, currency)).toBe(expected));

  it.each<[number, string, number | undefined]>([
    [500, 'ISK', 5],
    [550, 'ISK', undefined],
    [500, 'MGA', 50_000],
    [500, 'JPY', 500],
    [0.5, 'EUR', undefined],
    [Number.NaN, 'EUR', undefined],
  ])('%p from Stripe in %s → %p', (amount, currency, expected) => expect(fromStripeAmount(amount, currency)).toBe(expected));

  it('comes back as it went, in every currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CURRENCIES), fc.nat(1_000_000_000), (currency, minor) => {
        const amount = toStripeAmount(minor, currency);
        if (amount !== undefined) expect(fromStripeAmount(amount, currency)).toBe(minor);
      }),
    );
  });
});
