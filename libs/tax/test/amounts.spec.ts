import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TAX_RATES, TaxEngine } from '../src/index.js';
import type { TaxCalculation, TaxInput, TaxLine, TaxRate, TaxSettings } from '../src/index.js';
import { calculate, calculated, line, net, OSS, sale, settings } from './sales.js';

const DE = settings('DE', OSS);
const BY_LINE = settings('DE', { ...OSS, roundingMethod: 'line' });
const QC = settings('CA', { ca: { registered: true, provinces: ['QC'] } });
const QC_BY_LINE = settings('CA', { ca: { registered: true, provinces: ['QC'] }, roundingMethod: 'line' });

const of = (unitPrice: number, changes: Partial<TaxLine> = {}): TaxLine => line('goods', unitPrice, changes);
const netOf = (unitPrice: number, changes: Partial<TaxLine> = {}): TaxLine => net('goods', unitPrice, changes);
const off = (unitPrice: number, changes: Partial<TaxLine> = {}): TaxLine => line('discount', -unitPrice, changes);
const times = (count: number, build: () => TaxLine): TaxLine[] => Array.from({ length: count }, build);

type Case = [
  title: string,
  seller: TaxSettings,
  lines: readonly TaxLine[],
  totals: [net: number, tax: number],
  rows?: [rate: number, base: number, tax: number][],
];

const AT_HOME: readonly Case[] = [
  ['gross 49.00', DE, [of(4900)], [4118, 782]],
  ['gross 1 cent', DE, [of(1)], [1, 0]],
  ['gross 3 cents at 20 %: half a cent of tax is rounded up', DE, [of(3, { rate: 20 })], [2, 1]],
  ['net 50 cents at 19 %: 9.5 cents', DE, [netOf(50)], [50, 10]],
  ['net 150 cents at 7 %: 10.5 cents', DE, [netOf(150, { rateCode: 'reduced' })], [150, 11]],
  ['net 49.5 % of a cent', DE, [netOf(1, { rate: 49.5 })], [1, 0]],
  ['net 50 % of a cent', DE, [netOf(1, { rate: 50 })], [1, 1]],
  ['net −50 cents at 19 % mirrors 50', DE, [netOf(-50)], [-50, -10]],
  ['nothing', DE, [], [0, 0]],
  ['a free line', DE, [of(0)], [0, 0]],
  ['the tax of a document, once', DE, times(100, () => netOf(5)), [500, 95]],
  ['the tax of every line', BY_LINE, times(100, () => netOf(5)), [500, 100]],
  ['the same in gross, once', DE, times(100, () => of(5)), [420, 80]],
  ['the same in gross, every line', BY_LINE, times(100, () => of(5)), [400, 100]],
  ['gross and net prices of one rate', DE, [of(1190), netOf(1000)], [2000, 380], [[19, 2000, 380]]],
  ['three rates', DE, [of(1190), of(1070, { rateCode: 'reduced' }), of(500, { rateCode: 'zero' })], [2500, 260], [[19, 1000, 190], [7, 1000, 70], [0, 500, 0]]],
  ['goods and shipping are rounded together', DE, [net('goods', 50), net('shipping', 50)], [100, 19], [[19, 50, 10], [19, 50, 9]]],
  ['half an hour at 99.99', DE, [netOf(9999, { quantity: 0.5 })], [5000, 950]],
  ['a third of a piece with six decimals', DE, [netOf(10000, { quantity: 0.333333 })], [3333, 633]],
  ['minus one piece', DE, [of(1190, { quantity: -1 })], [-1000, -190]],
  ['a discount on the line', DE, [of(1290, { discount: 100 })], [1000, 190]],
  ['a discount on the line, in net', DE, [netOf(1100, { discount: 100, quantity: 2 })], [2100, 399]],
  ['a discount on the whole lowers the only rate', DE, [of(2380), off(1190)], [1000, 190], [[19, 1000, 190]]],
  ['a discount on the whole is spread over the rates by value', DE, [of(1190), of(1190, { rateCode: 'reduced' }), off(1190)], [500 + 556, 95 + 39], [[19, 500, 95], [7, 556, 39]]],
  ['a discount with a rate lowers that one', DE, [of(1190), of(1070, { rateCode: 'reduced' }), off(107, { rate: 7 })], [1900, 253], [[19, 1000, 190], [7, -100, -7], [7, 1000, 70]]],
  ['a discount with a rate code lowers that one', DE, [of(1190), of(1070, { rateCode: 'reduced' }), off(107, { rateCode: 'reduced' })], [1900, 253]],
  ['a discount of all', DE, [of(1190), off(1190)], [0, 0], [[19, 0, 0]]],
  ['two discounts', DE, [of(2380), off(595), off(595)], [1000, 190]],
  ['a discount on net prices', DE, [netOf(2000), net('discount', -1000)], [1000, 190]],
  ['a discount alone', DE, [off(1190)], [-1000, -190], [[19, -1000, -190]]],
  ['a discount that cannot be divided evenly', DE, [of(100, { rate: 19 }), of(100, { rate: 7 }), of(100, { rate: 5 }), off(100)], [182, 18]],
  ['everything for nothing but the shipping', DE, [of(1190), line('shipping', 595), off(1190)], [500, 95]],
  ['a rate of 25.5 %', DE, [of(2997, { rate: 25.5 })], [2388, 609]],
  ['a rate of 100 %', DE, [of(200, { rate: 100 })], [100, 100]],
  ['a rate of 8.375 %', DE, [netOf(9999, { rate: 8.375 })], [9999, 837]],
  ['the largest sum', DE, [netOf(1_000_000_000_000_000)], [1_000_000_000_000_000, 190_000_000_000_000]],
  ['nine quadrillionths of a cent off', DE, [of(1_190_000_000_000_001)], [1_000_000_000_000_001, 190_000_000_000_000]],
  ['a line of tax', DE, [netOf(4118), net('tax', 782)], [4118, 782], [[18.99, 4118, 782]]],
  ['a line of tax on one of two rates', DE, [netOf(1000, { rate: 19 }), netOf(2000, { rate: 7 }), net('tax', 190, { rate: 19 }), net('tax', 140, { rate: 7 })], [3000, 330], [[19, 1000, 190], [7, 2000, 140]]],
]; // prettier-ignore

describe('the amounts of a sale at home', () => {
  it.each(AT_HOME.map(([title, ...rest]) => [title, rest] as const))('%s', (_title, [seller, lines, [base, tax], rows]) => {
    const calculation = calculate(seller, sale({ country: 'DE' }, lines));
    expect([calculation.totalNet, calculation.totalTax, calculation.totalGross]).toEqual([base, tax, base + tax]);
    if (rows) expect(calculation.breakdown.map(({ taxRate, taxableBase, taxAmount }) => [taxRate, taxableBase, taxAmount])).toEqual(rows);
  });

  it.each<[string, number, boolean, string, number, [number, number]]>([
    ['JPY has no decimals', 1100, true, 'JPY', 10, [1000, 100]],
    ['JPY, half a yen', 15, false, 'JPY', 10, [15, 2]],
    ['JPY, gross of one yen', 1, true, 'JPY', 10, [1, 0]],
    ['KWD has three decimals', 1050, true, 'KWD', 5, [1000, 50]],
    ['KWD, half a fils', 110, false, 'KWD', 5, [110, 6]],
    ['KWD, 12.345 net', 12345, false, 'KWD', 5, [12345, 617]],
    ['HUF', 127000, true, 'HUF', 27, [100000, 27000]],
    ['ISK', 1240, true, 'ISK', 24, [1000, 240]],
  ])('%s', (_title, unitPrice, isGross, currency, rate, totals) => {
    const { totalNet, totalTax } = calculate(
      DE,
      sale({ country: 'DE' }, [isGross ? of(unitPrice, { rate }) : netOf(unitPrice, { rate })], { currency }),
    );
    expect([totalNet, totalTax]).toEqual(totals);
  });
});

describe('lines of tax', () => {
  it('leave what they do not name in the totals alone', () => {
    const lines = [netOf(1000, { rate: 19 }), netOf(2000, { rate: 7 }), net('tax', 190, { rate: 19 })];
    const { breakdown, totalNet, totalTax, totalGross, taxIncluded } = calculate(DE, sale({ country: 'FR' }, lines));
    expect(breakdown.map((row) => [row.taxCountry, row.treatment, row.taxRate, row.taxableBase, row.taxAmount])).toEqual([
      ['FR', 'manual', 19, 1000, 190],
    ]);
    expect([totalNet, totalTax, totalGross, taxIncluded]).toEqual([3000, 190, 3190, false]);
  });

  it('of nothing are no lines of tax', () => {
    expect(calculate(DE, sale({ country: 'DE' }, [of(1190), line('tax', 0, { rate: 0 })]))).toMatchObject({
      totalTax: 190,
      taxIncluded: true,
    });
  });
});

describe('rates of the merchant’s own', () => {
  const own = (rates: readonly TaxRate[], given: TaxSettings, input: TaxInput): TaxCalculation =>
    calculated(new TaxEngine({ settings: given, rates: [...DEFAULT_TAX_RATES, ...rates], rules: [] }).calculate(input));

  it('add a local tax to that of a state', () => {
    const local: TaxRate = {
      id: 'austin',
      country: 'US',
      region: 'TX',
      code: 'US_TX_LOCAL',
      type: 'sales_tax',
      rate: 2,
      validFrom: '2020-01-01',
    };
    const { breakdown, totalTax } = own(
      [local],
      settings('US', { us: { nexusStates: ['TX'] } }),
      sale({ country: 'US', region: 'TX' }, [netOf(10000)]),
    );
    expect(totalTax).toBe(825);
    expect(breakdown[0]).toMatchObject({
      taxRate: 8.25,
      taxRateCode: 'US_TX',
      components: [
        { rateCode: 'US_TX_STANDARD', tax: 625 },
        { rateCode: 'US_TX_LOCAL', tax: 200 },
      ],
    });
  });

  it('serve countries the catalogue does not know', () => {
    const rate: TaxRate = { id: 'au', country: 'AU', code: 'AU_STANDARD', type: 'gst', rate: 10, validFrom: '2000-07-01' };
    const { breakdown } = own([rate], settings('AU'), sale({ country: 'AU' }, [of(1100)], { currency: 'AUD' }));
    expect(breakdown[0]).toMatchObject({ taxRateCode: 'AU_STANDARD', taxableBase: 1000, taxAmount: 100, components: [{ type: 'gst' }] });
  });

  it('are named by lines', () => {
    const rate: TaxRate = { id: 'books', country: 'FR', code: 'FR_BOOKS', type: 'vat', rate: 5.5, validFrom: '2020-01-01' };
    for (const rateCode of ['FR_BOOKS', 'books', 'DE_BOOKS']) {
      const { lines } = own([rate], DE, sale({ country: 'FR' }, [netOf(10000, { rateCode })]));
      expect(lines[0]).toMatchObject({ rateCode: 'FR_BOOKS', tax: 550, treatment: 'oss' });
    }
  });
});

describe('taxes side by side', () => {
  it.each<[string, TaxSettings, readonly TaxLine[], [number, number], [number, number]]>([
    ['each rounded by itself', QC, [netOf(10000)], [10000, 1498], [500, 998]],
    ['both halves up', QC, [netOf(10)], [10, 2], [1, 1]],
    ['once per document', QC, times(10, () => netOf(10)), [100, 15], [5, 10]],
    ['on every line', QC_BY_LINE, times(10, () => netOf(10)), [100, 20], [10, 10]],
    ['in a gross price', QC, [of(11498)], [10000, 1498], [500, 998]],
    ['in a gross price of a cent', QC, [of(1)], [1, 0], [0, 0]],
    ['in gross prices of several lines', QC, [of(1149), of(1150), of(9199)], [10000, 1498], [500, 998]],
  ])('%s', (_title, seller, lines, [base, tax], [gst, qst]) => {
    const calculation = calculate(seller, sale({ country: 'CA', region: 'QC' }, lines, { currency: 'CAD' }));
    expect([calculation.totalNet, calculation.totalTax]).toEqual([base, tax]);
    expect(calculation.breakdown.map(({ components }) => components.map((component) => component.tax))).toEqual([[gst, qst]]);
    for (const { components, tax: lineTax } of calculation.lines) expect(components.reduce((sum, part) => sum + part.tax, 0)).toBe(lineTax);
  });
});

describe('mixed baskets', () => {
  it('splits a discount over goods and services of two countries', () => {
    const input = sale(
      { country: 'DE' },
      [line('goods', 6000, { id: 'g' }), line('digital_service', 6000, { id: 's' }), off(2000, { id: 'd' })],
      { shipTo: { country: 'AT' } },
    );
    const { lines, breakdown, totalGross, taxIncluded } = calculate(DE, input);
    expect(lines.map(({ id, gross, rateCode, supplyType }) => [id, gross, rateCode, supplyType])).toEqual([
      ['g', 6000, 'AT_STANDARD', 'goods'],
      ['s', 6000, 'DE_STANDARD', 'digital_service'],
      ['d', -1000, 'AT_STANDARD', 'goods'],
      ['d', -1000, 'DE_STANDARD', 'digital_service'],
    ]);
    expect(breakdown.map(({ taxRateCode, taxableBase, taxAmount, lines: ids }) => [taxRateCode, taxableBase, taxAmount, ids])).toEqual([
      ['AT_STANDARD', 4167, 833, ['g', 'd']],
      ['DE_STANDARD', 4202, 798, ['s', 'd']],
    ]);
    expect([totalGross, taxIncluded]).toEqual([10000, true]);
  });

  it('keeps gross prices to the cent and spreads the nets by the largest remainder', () => {
    const { lines } = calculate(DE, sale({ country: 'DE' }, [of(99, { id: 'a' }), of(99, { id: 'b' }), of(99, { id: 'c' })]));
    expect(lines.map((one) => [one.net, one.tax, one.gross])).toEqual([
      [84, 15, 99],
      [83, 16, 99],
      [83, 16, 99],
    ]);
  });

  it('says that tax came on top as soon as one price is net', () => {
    expect(calculate(DE, sale({ country: 'DE' }, [of(119), netOf(100)])).taxIncluded).toBe(false);
  });
});
