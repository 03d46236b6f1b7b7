import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { elsterCsv } from './elster-csv.js';
import { ossReturn, rateTypeOf, supplyOf } from './oss-return.js';
import type { OssCorrectionSum, OssReturn, OssSum } from './oss-return.js';
import { ossXml } from './oss-xml.js';

const sum = (wish: Partial<OssSum> = {}): OssSum => ({
  ...{ taxCountry: 'FR', supplyType: 'digital_service', rateCode: 'FR_STANDARD', rate: 20, currency: 'EUR', sellerCountry: 'DE' },
  ...{ count: 1, net: 833, tax: 167, gross: 1000, evidenced: 1, contradicted: 0 },
  ...wish,
});
const correction = (wish: Partial<OssCorrectionSum> = {}): OssCorrectionSum => ({
  ...sum({ net: -833, tax: -167, gross: -1000 }),
  saleMonth: '2025-12',
  ...wish,
});
const quarter = { year: 2026, quarter: 1 };
/** One dollar is half a euro. */
const inEuro = (amount: number, currency: string): number => (currency === 'USD' ? Math.round(amount / 2) : amount);

const mixed = (): OssReturn => {
  const corrections = [correction(), correction({ taxCountry: 'GR', net: -500, tax: -120, saleMonth: '2024-05' })];
  const sums = [
    sum({ net: 83_300 - 833, tax: 16_660 - 167, gross: 99_960 - 1000, count: 12, evidenced: 10, contradicted: 1 }),
    sum({ currency: 'USD', net: 2000, tax: 400, gross: 2400, count: 2, evidenced: 2 }),
    sum({ supplyType: 'goods', rateCode: 'FR_REDUCED', rate: 5.5, net: 10_000, tax: 550, gross: 10_550 }),
    sum({ supplyType: 'shipping', rateCode: 'FR_REDUCED', rate: 5.5, net: 1000, tax: 55, gross: 1055, evidenced: 0 }),
    sum({ taxCountry: 'FI', supplyType: 'goods', rateCode: 'FI_STANDARD', rate: 25.5, net: 20_000, tax: 5100, gross: 25_100 }),
    sum({ taxCountry: 'XI', supplyType: 'goods', rateCode: 'XI_STANDARD', net: 5000, tax: 1000, gross: 6000 }),
    sum({ taxCountry: 'GR', net: -500, tax: -120, gross: -620, rateCode: 'GR_STANDARD', rate: 24 }),
  ];
  return ossReturn(
    quarter,
    sums,
    corrections.map((each) => (each.taxCountry === 'GR' ? { ...each, rateCode: 'GR_STANDARD', rate: 24, gross: -620 } : each)),
    inEuro,
  );
};

/** `UPDATE_GOLDEN=1` writes them anew. */
function expectGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('ossReturn', () => {
  it('sums by country, kind of supply and rate, in euro', () => {
    expect(mixed().rows.map(({ country, supply, rateType, rate, net, tax }) => [country, supply, rateType, rate, net, tax])).toEqual([
      ['FI', 'goods', 'STANDARD', 25.5, 20_000, 5100],
      ['FR', 'goods', 'REDUCED', 5.5, 11_000, 605],
      ['FR', 'services', 'STANDARD', 20, 84_300, 16_860],
      ['XI', 'goods', 'STANDARD', 20, 5000, 1000],
    ]);
  });

  it('declares what goes back of earlier quarters as corrections, by country and quarter', () => {
    const { corrections, balances, totals } = mixed();
    expect(corrections).toEqual([
      { country: 'FR', year: 2025, quarter: 4, tax: -167 },
      { country: 'GR', year: 2024, quarter: 2, tax: -120 },
    ]);
    expect(balances).toEqual([
      { country: 'FI', tax: 5100 },
      { country: 'FR', tax: 605 + 16_860 - 167 },
      { country: 'GR', tax: -120 },
      { country: 'XI', tax: 1000 },
    ]);
    expect(totals).toEqual({ net: 120_300, tax: 23_565, corrections: -287, due: 23_565 - 167 });
  });

  it('counts the evidence', () => {
    const { rows } = mixed();
    expect(rows[2]).toMatchObject({ records: 13, evidence: { sufficient: 11, insufficient: 2, contradicting: 1 } });
    expect(rows[1]).toMatchObject({ records: 2, evidence: { sufficient: 1, insufficient: 1 } });
  });

  it('a sale and its return in the same quarter come to nothing, one of an earlier quarter to a correction', () => {
    expect(ossReturn(quarter, [], [], inEuro)).toMatchObject({ rows: [], corrections: [], totals: { due: 0 } });
    expect(ossReturn(quarter, [sum({ net: -833, tax: -167, gross: -1000 })], [correction()], inEuro)).toMatchObject({
      rows: [],
      corrections: [{ country: 'FR', tax: -167 }],
    });
  });

  it('declares every cent of tax once: rows and corrections together are what was recorded', () => {
    const cents = fc.integer({ min: -10_000, max: 10_000 });
    const one = fc.record({
      taxCountry: fc.constantFrom('FR', 'AT'),
      supplyType: fc.constantFrom('goods', 'service'),
      tax: cents,
      net: cents,
    });
    fc.assert(
      fc.property(fc.array(one), fc.array(one), (own, back) => {
        const corrections = back.map((each) => correction(each));
        const { totals } = ossReturn(quarter, [...own.map((each) => sum(each)), ...corrections], corrections, inEuro);
        const recorded = [...own, ...back].reduce((total, { tax }) => total + tax, 0);
        expect(totals.tax + totals.corrections).toBe(recorded);
      }),
    );
  });

  it.each([
    ['FR_STANDARD', 'STANDARD'],
    ['FR_REDUCED', 'REDUCED'],
    ['FR_REDUCED_2', 'REDUCED'],
    ['FR_SUPER_REDUCED', 'REDUCED'],
    ['NON_STANDARDISED', 'REDUCED'],
  ])('%s is %s', (code, type) => expect(rateTypeOf(code)).toBe(type));

  it.each([
    ['goods', 'goods'],
    ['shipping', 'goods'],
    ['digital_service', 'services'],
    ['service', 'services'],
    ['discount', 'services'],
  ])('%s counts among %s', (type, supply) => expect(supplyOf(type)).toBe(supply));
});

describe('files', () => {
  const trader = { country: 'DE', scheme: 'union', registrationId: 'DE123456789' } as const;

  it('XML', () => expectGolden('oss-return.xml', [...ossXml(mixed(), trader)].join('')));
  it('XML without a number, with nothing to declare', () =>
    expectGolden('oss-return-empty.xml', [...ossXml(ossReturn(quarter, [], [], inEuro), { country: 'DE', scheme: 'non_union' })].join('')));
  it('XML escapes what it is given', () => {
    const [, , id] = [...ossXml(mixed(), { ...trader, registrationId: '<&">' })];
    expect(id).toContain('>&lt;&amp;&quot;&gt;</TraderID>');
  });

  it('CSV with dots', () => expectGolden('oss-bzst.csv', [...elsterCsv(mixed())].join('')));
  it('CSV with commas', () => expectGolden('oss-bzst-comma.csv', [...elsterCsv(mixed(), 'comma')].join('')));
  it('CSV of nothing', () => expect([...elsterCsv(ossReturn(quarter, [], [], inEuro))]).toEqual(['#v2.0\r\n']));

  it('CSV is refused for supplies from elsewhere', () => {
    const report = ossReturn(quarter, [sum({ sellerCountry: 'PL' })], [], inEuro);
    expect(() => [...elsterCsv(report)]).toThrow('supplies from PL');
  });

  it('CSV is refused beyond what one file may have', () => {
    const many = Array.from({ length: 6000 }, (_, i) => sum({ rate: 1 + i / 1000 }));
    expect(() => [...elsterCsv(ossReturn(quarter, many, [], inEuro))]).toThrow('6000 rows');
  });
});
