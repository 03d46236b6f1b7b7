import { describe, expect, it } from '@jest/globals';
import { countryReport, countryRows, revenueReport, revenueRows } from './country-reports.js';

const row = (wish: object) =>
  ({
    ...{
      buyerCountry: 'FR',
      taxCountry: 'FR',
      currency: 'EUR',
      taxTreatment: 'oss',
      rateCode: 'FR_STANDARD',
      rate: 20,
      sourceKind: 'transaction',
    },
    ...{ count: 1, net: 833, tax: 167, gross: 1000, evidenced: 1, contradicted: 0 },
    ...wish,
  }) as never;

describe('countryReport', () => {
  const sums = [
    row({}),
    row({ taxTreatment: 'reduced', rateCode: 'FR_REDUCED', rate: 5.5, net: 100, tax: 6, gross: 106 }),
    row({ currency: 'JPY', net: 1000, tax: 200, gross: 1200 }),
    row({ buyerCountry: 'AT', taxTreatment: 'untaxed', rateCode: 'UNTAXED', rate: 0, net: 55, tax: 0, gross: 55 }),
  ];

  it('has one entry for each country and currency, which adds up', () => {
    const { countries, totals } = countryReport(sums, 'buyer');
    expect(countries.map(({ country, currency, records, gross, rates }) => [country, currency, records, gross, rates.length])).toEqual([
      ['AT', 'EUR', 1, 55, 1],
      ['FR', 'EUR', 2, 1106, 2],
      ['FR', 'JPY', 1, 1200, 1],
    ]);
    expect(totals).toEqual([
      { currency: 'EUR', records: 3, net: 988, tax: 173, gross: 1161, untaxed: 55 },
      { currency: 'JPY', records: 1, net: 1000, tax: 200, gross: 1200, untaxed: 0 },
    ]);
  });

  it('goes by the country that taxes when asked to', () => {
    expect(countryReport(sums, 'tax').countries.map(({ country, currency }) => `${country} ${currency}`)).toEqual(['FR EUR', 'FR JPY']);
  });

  it('becomes rows with decimals as the currency has them', () => {
    expect(
      [...countryRows(countryReport(sums, 'buyer'))].map(({ country, rate, net, tax, gross }) => [country, rate, net, tax, gross]),
    ).toEqual([
      ['AT', 0, '0.55', '0.00', '0.55'],
      ['FR', 20, '8.33', '1.67', '10.00'],
      ['FR', 5.5, '1.00', '0.06', '1.06'],
      ['FR', 20, '1000', '200', '1200'],
    ]);
  });
});

describe('revenueReport', () => {
  it('tells what was sold from what went back', () => {
    const back = { net: -833, tax: -167, gross: -1000 };
    const report = revenueReport([
      row({ count: 3, net: 2499, tax: 501, gross: 3000 }),
      row({ sourceKind: 'refund', ...back }),
      row({ sourceKind: 'chargeback', ...back }),
    ]);
    expect(report.countries).toHaveLength(1);
    expect(report.countries[0]).toMatchObject({
      records: 5,
      gross: 1000,
      sales: { gross: 3000 },
      refunds: { gross: -1000 },
      chargebacks: { gross: -1000 },
    });
    expect([...revenueRows(report)]).toEqual([
      {
        country: 'FR',
        currency: 'EUR',
        records: 5,
        sales: '30.00',
        refunds: '-10.00',
        chargebacks: '-10.00',
        net: '8.33',
        tax: '1.67',
        gross: '10.00',
      },
    ]);
  });
});
