import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateTable } from '../../exchange-rates/index.js';
import { countsTowardsThreshold } from './counted-sales.js';
import type { CountedDimensions } from './counted-sales.js';
import { sumOfYear, THRESHOLD } from './sum-of-year.js';
import type { DaySales } from './sum-of-year.js';
import { thresholdAction } from './threshold-action.js';

const RATES = new RateTable([
  { day: '2026-02-27', rates: { USD: '1.25' } },
  { day: '2026-03-02', rates: { USD: '1.6', JPY: '160' } },
]);
const eur = (day: string, net: number): DaySales => ({ day, currency: 'EUR', net });
const usd = (day: string, net: number): DaySales => ({ day, currency: 'USD', net });

describe('the sales of a year', () => {
  it.each<[string, DaySales[], number, string | undefined]>([
    ['nothing', [], 0, undefined],
    ['exactly the threshold', [eur('2026-01-01', THRESHOLD)], THRESHOLD, undefined],
    ['a cent more', [eur('2026-01-01', THRESHOLD), eur('2026-05-01', 1)], THRESHOLD + 1, '2026-05-01'],
    ['in whatever order', [eur('2026-05-01', 1), eur('2026-01-01', THRESHOLD)], THRESHOLD + 1, '2026-05-01'],
    ['on one day together', [eur('2026-05-01', THRESHOLD), usd('2026-02-27', 125)], THRESHOLD + 100, '2026-05-01'],
    // It was passed, and stays so.
    ['money back later', [eur('2026-01-01', THRESHOLD + 1), eur('2026-06-01', -5_000)], THRESHOLD - 4_999, '2026-01-01'],
    ['money back before', [eur('2026-01-01', -5_000), eur('2026-06-01', THRESHOLD + 1)], THRESHOLD - 4_999, undefined],
    ['dollars at the rate of the day', [usd('2026-02-27', 125), usd('2026-03-02', 160)], 200, undefined],
    ['dollars on a Sunday, at the rate of Friday', [usd('2026-03-01', 125)], 100, undefined],
    ['yen, which have no smaller unit', [{ day: '2026-03-02', currency: 'JPY', net: 160 }], 100, undefined],
    ['what has no rate', [eur('2026-03-02', 100), { day: '2026-03-02', currency: 'CHF', net: 5_000_000 }], 100, undefined],
  ])('%s', (_name, sales, netEur, exceededAt) => {
    const sum = sumOfYear(2026, sales, RATES);
    expect([sum.netEur, sum.exceededAt]).toEqual([netEur, exceededAt]);
  });

  it('say what was converted at which rate, and what could not be', () => {
    const sales = [usd('2026-03-01', 125), usd('2026-03-01', 125), usd('2026-03-02', -160), usd('2026-06-01', 7), eur('2026-03-01', 1)];
    expect(sumOfYear(2026, sales, RATES).currencies).toEqual([
      { currency: 'EUR', net: 1, netEur: 1, conversions: [], missingRateDays: [] },
      {
        currency: 'USD',
        net: 97,
        netEur: 100,
        conversions: [
          { day: '2026-03-01', rateDay: '2026-02-27', unitsPerEuro: 1.25, net: 250, netEur: 200 },
          { day: '2026-03-02', rateDay: '2026-03-02', unitsPerEuro: 1.6, net: -160, netEur: -100 },
        ],
        missingRateDays: ['2026-06-01'],
      },
    ]);
  });

  it('begin and end with the year, whatever day it is in UTC', () => {
    const { exceededAt } = sumOfYear(2026, [eur('2025-12-31', THRESHOLD + 1)], RATES);
    expect(exceededAt).toBe('2026-01-01');
  });

  it('come to the same in whatever order and parts they are given', () => {
    const sale = fc.record({
      day: fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-02'),
      currency: fc.constantFrom('EUR', 'USD'),
      net: fc.integer({ min: -500_000, max: 900_000 }),
    });
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 12 }), (sales) => {
        const sum = sumOfYear(2026, sales, RATES);
        expect(sumOfYear(2026, sales.toReversed(), RATES)).toEqual(sum);
        expect(sum.netEur).toBe(sum.currencies.reduce((total, { netEur }) => total + netEur, 0));
        const converted = sum.currencies.flatMap(({ conversions }) => conversions);
        expect(converted.reduce((total, { net }) => total + net, 0)).toBe(
          sum.currencies.find(({ currency }) => currency === 'USD')?.net ?? 0,
        );
      }),
    );
  });
});

describe('what counts towards the threshold of a German seller', () => {
  const sale: CountedDimensions = {
    sellerCountry: 'DE',
    taxCountry: 'FR',
    buyerCountry: 'FR',
    buyerType: 'B2C',
    supplyType: 'goods',
    taxTreatment: 'oss',
    reason: 'oss_union',
  };
  it.each<[string, Partial<CountedDimensions>, boolean]>([
    ['goods by OSS', {}, true],
    ['electronic services by OSS', { supplyType: 'digital_service' }, true],
    ['what was charged for sending', { supplyType: 'shipping' }, true],
    ['what was taken off', { supplyType: 'discount' }, true],
    ['below the threshold, taxed at home', { taxCountry: 'DE', taxTreatment: 'standard', reason: 'below_oss_threshold' }, true],
    ['passed, but not registered', { reason: 'oss_registration_missing' }, true],
    ['by a rule of the merchant', { reason: 'merchant_rule' }, true],
    ['tax that the shop named', { taxCountry: 'DE', taxTreatment: 'manual', reason: 'manual_override' }, true],
    ['tax that the shop named, at home', { buyerCountry: 'DE', taxTreatment: 'manual', reason: 'manual_override' }, false],
    ['tax that the shop named, outside the EU', { buyerCountry: 'CH', taxTreatment: 'manual', reason: 'manual_override' }, false],
    ['to businesses', { buyerType: 'B2B' }, false],
    ['other services', { supplyType: 'service', taxTreatment: 'standard', reason: 'b2c_service_origin' }, false],
    ['at home', { taxCountry: 'DE', taxTreatment: 'standard', reason: 'domestic' }, false],
    ['by a registration there', { taxTreatment: 'standard', reason: 'local_registration' }, false],
    ['what leaves the EU', { taxCountry: 'CH', buyerCountry: 'CH', taxTreatment: 'export', reason: 'export_goods' }, false],
    ['by the non-Union scheme', { reason: 'oss_non_union' }, false],
    ['sold from another country', { sellerCountry: 'AT' }, false],
  ])('%s', (_name, changes, counts) => expect(countsTowardsThreshold({ ...sale, ...changes }, 'DE')).toBe(counts));
});

describe('what to do', () => {
  const facts = {
    applicable: true,
    sellerCountry: 'DE',
    exceeded: false,
    remaining: THRESHOLD,
    ossEnabled: false,
    taxEnabled: true,
    complete: true,
  };
  it.each<[object, RegExp]>([
    [{}, /^Nothing: consumers .* taxed in your country\.$/],
    [{ remaining: 150_000 }, /^Prepare to register/],
    [{ exceeded: true, remaining: 0 }, /^Register for the One-Stop-Shop/],
    [{ exceeded: true, remaining: 0, ossEnabled: true }, /^Nothing: .* declared by OSS\.$/],
    [{ ossEnabled: true }, /^Nothing: you use OSS/],
    [{ taxEnabled: false }, /^Enable tax/],
    [{ applicable: false, sellerCountry: 'CH' }, /^Nothing: the threshold is for sellers in the EU/],
    [{ applicable: false, sellerCountry: '' }, /^Set sellerCountry/],
    [{ complete: false }, /Exchange rates are missing/],
  ])('%j', (changes, sentence) => expect(thresholdAction({ ...facts, ...changes })).toMatch(sentence));
});
