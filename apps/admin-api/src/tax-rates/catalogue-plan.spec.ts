import { describe, expect, it } from '@jest/globals';
import { catalogueReplacement } from './catalogue-plan.js';
import type { CataloguePlan } from './catalogue-plan.js';
import { rateDetailsOf } from './tax-rate.js';
import type { RateDetails, RateSource, StoredTaxRate } from './tax-rate.js';

type Short = readonly [rate: number, from: string, to?: string];

const details = ([rate, validFrom, validTo]: Short): RateDetails =>
  rateDetailsOf({ country: 'DE', code: 'DE_STANDARD', type: 'vat', rate, validFrom, validTo });
const stored = (source: RateSource, ...rates: Short[]): StoredTaxRate[] =>
  rates.map((rate) => ({ ...details(rate), id: `${source}:${rate[1]}`, source, createdAt: new Date(0) }));

/** The rates as they are once the plan is carried out. */
function after(before: readonly StoredTaxRate[], { create, end, remove }: CataloguePlan): Short[] {
  const ends = new Map(end.map(({ id, validTo }) => [id, validTo]));
  const left = before
    .filter(({ id }) => !remove.includes(id))
    .map((rate) => (ends.has(rate.id) ? { ...rate, validTo: ends.get(rate.id) } : rate));
  return [...left, ...create]
    .map(({ rate, validFrom, validTo }): Short => (validTo === undefined ? [rate, validFrom] : [rate, validFrom, validTo]))
    .sort((a, b) => (a[1] < b[1] ? -1 : 1));
}

const CATALOGUE: Short[] = [
  [16, '2020-07-01', '2020-12-31'],
  [19, '2021-01-01'],
];

describe('the default rates', () => {
  it.each<[string, StoredTaxRate[], Short[], [number, number, number, number]]>([
    ['are created where there are none', [], CATALOGUE, [2, 0, 0, 0]],
    ['stay when they are right', stored('default', ...CATALOGUE), CATALOGUE, [0, 0, 2, 0]],
    ['are completed', stored('default', [19, '2021-01-01']), CATALOGUE, [1, 0, 1, 0]],
    ['go on again when nothing follows', stored('default', CATALOGUE[0]!, [19, '2021-01-01', '2026-12-31']), CATALOGUE, [0, 1, 1, 0]],
    ['are corrected', stored('default', CATALOGUE[0]!, [18, '2021-01-01']), CATALOGUE, [0, 1, 1, 0]],
    ['go when the catalogue has them no more', stored('default', [15, '2019-01-01', '2020-06-30'], ...CATALOGUE), CATALOGUE, [0, 0, 2, 1]],
  ])('%s', (_name, before, expected, [created, updated, kept, removed]) => {
    const plan = catalogueReplacement(before, CATALOGUE.map(details));
    expect(after(before, plan)).toEqual(expected);
    expect(plan.counts).toEqual({ created, updated, kept, removed });
  });

  it.each<[string, Short[], Short[]]>([
    [
      'end before the organization’s own',
      [[21, '2027-01-01']],
      [
        [16, '2020-07-01', '2020-12-31'],
        [19, '2021-01-01', '2026-12-31'],
        [21, '2027-01-01'],
      ],
    ],
    [
      'go on after it',
      [[7, '2022-01-01', '2022-06-30']],
      [
        [16, '2020-07-01', '2020-12-31'],
        [19, '2021-01-01', '2021-12-31'],
        [7, '2022-01-01', '2022-06-30'],
        [19, '2022-07-01'],
      ],
    ],
    ['give way altogether', [[5, '2010-01-01']], [[5, '2010-01-01']]],
  ])('%s', (_name, own, expected) => {
    const before = stored('custom', ...own);
    const plan = catalogueReplacement(before, CATALOGUE.map(details));
    expect(after(before, plan)).toEqual(expected);
    expect(plan.counts).toMatchObject({ created: expected.length - own.length, kept: own.length });
    expect(plan.remove).toEqual([]);
  });

  it('of other codes and places are no concern of the organization’s own', () => {
    const other = { ...details([7, '2010-01-01']), id: 'x', source: 'custom' as const, createdAt: new Date(0) };
    for (const before of [
      { ...other, code: 'DE_REDUCED' },
      { ...other, country: 'AT' },
      { ...other, region: 'BY' },
    ]) {
      expect(catalogueReplacement([before], CATALOGUE.map(details)).create).toEqual(CATALOGUE.map(details));
    }
  });

  it('are right after one time, whatever was there', () => {
    const before = [...stored('custom', [21, '2027-01-01']), ...stored('default', [18, '2021-01-01', '2021-06-30'], [1, '1990-01-01'])];
    const plan = catalogueReplacement(before, CATALOGUE.map(details));
    const rates = after(before, plan).map((rate) => stored(rate[1] === '2027-01-01' ? 'custom' : 'default', rate)[0]!);
    const again = catalogueReplacement(rates, CATALOGUE.map(details));
    expect([again.create, again.end, again.remove]).toEqual([[], [], []]);
    expect(again.counts).toEqual({ created: 0, updated: 0, kept: 3, removed: 0 });
  });
});
