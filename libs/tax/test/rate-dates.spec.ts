import { describe, expect, it } from '@jest/globals';
import { calculate, engineOf, net, OSS, sale, settings } from './sales.js';

const SELLER = settings('DE', {
  ...OSS,
  registrations: ['GB', 'CH', 'LI', 'NO', 'IS'].map((country) => ({ country })),
  ca: { registered: true, provinces: ['QC', 'MB'] },
  us: { nexusStates: ['LA', 'DC', 'NM', 'SD', 'HI', 'TX'] },
});

/** Tax on 100.00 net of a digital service at an instant: place, rate code, instant, expected. */
const CASES: readonly (readonly [place: string, rateCode: string, taxPoint: string, tax: number])[] = [
  // Germany's half year at 16 and 5 %, by the clock of Berlin
  ['DE', 'standard', '2020-06-30T21:59:59Z', 1900],
  ['DE', 'standard', '2020-06-30T22:00:00Z', 1600],
  ['DE', 'standard', '2020-06-30T23:59:59+02:00', 1900],
  ['DE', 'standard', '2020-07-01T00:00:00+02:00', 1600],
  ['DE', 'reduced', '2020-06-30T12:00:00Z', 700],
  ['DE', 'reduced', '2020-07-01T12:00:00Z', 500],
  ['DE', 'standard', '2020-12-31T22:59:59Z', 1600],
  ['DE', 'standard', '2020-12-31T23:00:00Z', 1900],
  ['DE', 'reduced', '2020-12-31T22:59:59.999Z', 500],
  ['DE', 'reduced', '2021-01-01T00:00:00+01:00', 700],
  // Estonia 20, 22, 24
  ['EE', 'standard', '2023-12-31T21:59:59Z', 2000],
  ['EE', 'standard', '2023-12-31T22:00:00Z', 2200],
  ['EE', 'standard', '2025-06-30T20:59:59Z', 2200],
  ['EE', 'standard', '2025-06-30T21:00:00Z', 2400],
  ['EE', 'reduced_2', '2024-12-31T12:00:00Z', 500],
  ['EE', 'reduced_3', '2025-01-01T12:00:00Z', 1300],
  // Romania
  ['RO', 'standard', '2025-07-31T20:59:59Z', 1900],
  ['RO', 'standard', '2025-07-31T21:00:00Z', 2100],
  ['RO', 'reduced', '2025-07-31T12:00:00Z', 900],
  ['RO', 'reduced', '2025-08-01T12:00:00Z', 1100],
  // Finland
  ['FI', 'standard', '2024-08-31T20:59:59Z', 2400],
  ['FI', 'standard', '2024-08-31T21:00:00Z', 2550],
  ['FI', 'reduced', '2025-12-31T12:00:00Z', 1400],
  ['FI', 'reduced', '2026-01-01T12:00:00Z', 1350],
  // Slovakia
  ['SK', 'standard', '2024-12-31T22:59:59Z', 2000],
  ['SK', 'standard', '2024-12-31T23:00:00Z', 2300],
  ['SK', 'reduced', '2024-12-31T12:00:00Z', 1000],
  ['SK', 'reduced', '2025-01-01T12:00:00Z', 1900],
  // Ireland's half year at 21 %
  ['IE', 'standard', '2020-08-31T22:59:59Z', 2300],
  ['IE', 'standard', '2020-08-31T23:00:00Z', 2100],
  ['IE', 'standard', '2021-02-28T23:59:59Z', 2100],
  ['IE', 'standard', '2021-03-01T00:00:00Z', 2300],
  // Czechia
  ['CZ', 'reduced', '2023-12-31T12:00:00Z', 1500],
  ['CZ', 'reduced', '2024-01-01T12:00:00Z', 1200],
  ['CZ', 'reduced_2', '2023-12-31T12:00:00Z', 1000],
  // Switzerland and Liechtenstein
  ['CH', 'standard', '2023-12-31T22:59:59Z', 770],
  ['CH', 'standard', '2023-12-31T23:00:00Z', 810],
  ['CH', 'reduced', '2024-01-01T12:00:00Z', 260],
  ['LI', 'standard', '2023-12-31T12:00:00Z', 770],
  ['LI', 'standard', '2024-01-01T12:00:00Z', 810],
  // Luxembourg's year at 16 %
  ['LU', 'standard', '2022-12-31T12:00:00Z', 1700],
  ['LU', 'standard', '2023-06-30T12:00:00Z', 1600],
  ['LU', 'standard', '2024-01-01T12:00:00Z', 1700],
  ['LU', 'reduced', '2023-06-30T12:00:00Z', 700],
  // Others
  ['LT', 'reduced', '2025-12-31T12:00:00Z', 900],
  ['LT', 'reduced', '2026-01-01T12:00:00Z', 1200],
  ['AT', 'super_reduced', '2026-07-01T12:00:00Z', 490],
  ['CY', 'super_reduced', '2023-07-20T22:00:00Z', 300],
  ['MT', 'reduced_3', '2024-01-01T12:00:00Z', 1200],
  ['NO', 'reduced_2', '2020-03-31T21:59:59Z', 1200],
  ['NO', 'reduced_2', '2020-03-31T22:00:00Z', 600],
  ['NO', 'reduced_2', '2021-09-30T22:00:00Z', 1200],
  ['PT-20', 'standard', '2021-06-30T23:59:59Z', 1800],
  ['PT-20', 'standard', '2021-07-01T00:00:00Z', 1600],
  ['PT', 'standard', '2021-07-01T00:00:00Z', 2300],
  ['GB', 'standard', '2026-03-02T12:00:00Z', 2000],
  ['IS', 'standard', '2026-03-02T12:00:00Z', 2400],
  // North America counts its days in its own zones
  ['CA-NS', 'standard', '2025-04-01T02:59:59Z', 1500],
  ['CA-NS', 'standard', '2025-04-01T03:00:00Z', 1400],
  ['CA-QC', 'standard', '2026-03-02T12:00:00Z', 1498],
  ['CA-MB', 'standard', '2026-03-02T12:00:00Z', 1200],
  ['US-LA', 'standard', '2025-01-01T05:59:59Z', 445],
  ['US-LA', 'standard', '2025-01-01T06:00:00Z', 500],
  ['US-DC', 'standard', '2026-10-01T03:59:59Z', 600],
  ['US-DC', 'standard', '2026-10-01T04:00:00Z', 700],
  ['US-NM', 'standard', '2022-06-30T12:00:00Z', 513],
  ['US-NM', 'standard', '2022-07-01T12:00:00Z', 500],
  ['US-NM', 'standard', '2023-07-01T12:00:00Z', 488],
  ['US-SD', 'standard', '2023-06-30T12:00:00Z', 450],
  ['US-SD', 'standard', '2023-07-01T12:00:00Z', 420],
];

describe('the rate of the tax point', () => {
  it.each(CASES)('%s %s at %s', (place, rateCode, taxPoint, tax) => {
    const [country, region] = place.split('-');
    const code = rateCode === 'standard' ? undefined : rateCode;
    const { totalTax, warnings } = calculate(
      SELLER,
      sale({ country, region }, [net('digital_service', 10000, { rateCode: code })], { taxPoint }),
    );
    expect(totalTax).toBe(tax);
    expect(warnings).toEqual([]);
  });

  it('takes the standard rate where a code has ended, and says so', () => {
    const { totalTax, warnings } = calculate(SELLER, sale({ country: 'CZ' }, [net('digital_service', 10000, { rateCode: 'reduced_2' })]));
    expect(totalTax).toBe(2100);
    expect(warnings).toEqual(['CZ has no rate “reduced_2”; CZ_STANDARD is taken.']);
  });

  it('guesses nothing where there is no rate', () => {
    expect(engineOf(settings('AU')).calculate(sale({ country: 'AU' }, [net('goods', 100)]))).toEqual({
      ok: false,
      problems: [
        { code: 'tax_rate_missing', field: 'rates', message: 'AU has no rate “standard” on 2026-03-02; expected one in the tax rates.' },
      ],
    });
  });

  it('has no German rate before the catalogue begins', () => {
    const outcome = engineOf(settings('DE')).calculate(sale({ country: 'DE' }, [net('goods', 100)], { taxPoint: '2006-12-31T12:00:00Z' }));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'tax_rate_missing' }] });
  });
});
