import { describe, expect, it } from '@jest/globals';
import type { TaxInput, TaxSettings } from '../src/index.js';
import { business, calculate, line, net, NON_UNION_OSS, OSS, sale, settings } from './sales.js';

const DE = settings('DE');
const DE_OSS = settings('DE', OSS);

/** What is expected: reason(s), tax country, rate codes, category and exemption code, [rate, base, tax] rows, line nets. */
interface Expected {
  readonly reasons: string;
  readonly country: string;
  readonly codes: string;
  readonly category: string;
  readonly rows: readonly (readonly [number, number, number])[];
  readonly nets?: readonly number[];
}

type Example = [title: string, settings: TaxSettings, input: TaxInput, expected: Expected];

const EXAMPLES: readonly Example[] = [
  ['01 DE at home, gross', DE, sale({ country: 'DE' }, [line('virtual', 12100)]), { reasons: 'domestic', country: 'DE', codes: 'DE_STANDARD', category: 'S', rows: [[19, 10168, 1932]] }],
  ['02 DE business at home, net, two rates', DE, sale(business('DE', 'DE136695976'), [net('virtual', 4900, { quantity: 2 }), net('physical', 738, { quantity: 3, rateCode: 'reduced' })]), { reasons: 'domestic', country: 'DE', codes: 'DE_STANDARD,DE_REDUCED', category: 'S', rows: [[19, 9800, 1862], [7, 2214, 155]] }],
  ['03 automatic and manual line', DE, sale({ country: 'DE' }, [line('virtual', 12100), line('physical', 10700, { rate: 7 })]), { reasons: 'domestic,manual_override', country: 'DE', codes: 'DE_STANDARD,MANUAL', category: 'S', rows: [[19, 10168, 1932], [7, 10000, 700]] }],
  ['04 DE to a consumer in FR, OSS', DE_OSS, sale({ country: 'FR' }, [line('virtual', 1000)]), { reasons: 'oss_union', country: 'FR', codes: 'FR_STANDARD', category: 'S', rows: [[20, 833, 167]] }],
  ['05 the same below EUR 10,000', DE, sale({ country: 'FR' }, [line('virtual', 1000)]), { reasons: 'below_oss_threshold', country: 'DE', codes: 'DE_STANDARD', category: 'S', rows: [[19, 840, 160]] }],
  ['06 EE on 30 June 2025', DE_OSS, sale({ country: 'EE' }, [net('virtual', 10000)], { taxPoint: '2025-06-30T12:00:00Z' }), { reasons: 'oss_union', country: 'EE', codes: 'EE_STANDARD', category: 'S', rows: [[22, 10000, 2200]] }],
  ['07 EE on 1 July 2025', DE_OSS, sale({ country: 'EE' }, [net('virtual', 10000)], { taxPoint: '2025-07-01T12:00:00Z' }), { reasons: 'oss_union', country: 'EE', codes: 'EE_STANDARD', category: 'S', rows: [[24, 10000, 2400]] }],
  ['08 FI, 25.5 %', DE_OSS, sale({ country: 'FI' }, [line('virtual', 999, { quantity: 3 })]), { reasons: 'oss_union', country: 'FI', codes: 'FI_STANDARD', category: 'S', rows: [[25.5, 2388, 609]] }],
  ['09 AT business, confirmed VAT id', DE_OSS, sale(business('AT', 'ATU33864707'), [net('virtual', 10000)]), { reasons: 'reverse_charge', country: 'AT', codes: 'REVERSE_CHARGE', category: 'AE VATEX-EU-AE', rows: [[0, 10000, 0]] }],
  ['10 AT business, VAT id invalid', DE_OSS, sale(business('AT', 'ATU33864707', { vatIdStatus: 'invalid' }), [net('virtual', 10000)]), { reasons: 'oss_union', country: 'AT', codes: 'AT_STANDARD', category: 'S', rows: [[20, 10000, 2000]] }],
  ['11 NL business, goods', DE_OSS, sale(business('NL', 'NL004495445B01'), [net('physical', 25000, { quantity: 4 })]), { reasons: 'intra_community_supply', country: 'NL', codes: 'REVERSE_CHARGE', category: 'K VATEX-EU-IC', rows: [[0, 100000, 0]] }],
  ['12 CH business, goods', DE_OSS, sale({ country: 'CH', type: 'business' }, [net('physical', 25000)]), { reasons: 'export_goods', country: 'CH', codes: 'EXPORT', category: 'G VATEX-EU-G', rows: [[0, 25000, 0]] }],
  ['13 TX, no nexus', DE_OSS, sale({ country: 'US', region: 'TX' }, [net('virtual', 2900)]), { reasons: 'us_no_nexus', country: 'US', codes: 'EXPORT', category: 'O VATEX-EU-O', rows: [[0, 2900, 0]] }],
  ['14 TX with nexus', settings('DE', { ...OSS, us: { nexusStates: ['TX'] } }), sale({ country: 'US', region: 'TX' }, [net('virtual', 2900)]), { reasons: 'us_sales_tax', country: 'US', codes: 'US_TX_STANDARD', category: 'S', rows: [[6.25, 2900, 181]] }],
  ['15 GB, registered there', settings('DE', { ...OSS, registrations: [{ country: 'GB' }] }), sale({ country: 'GB', postcode: 'SW1A 1AA' }, [line('virtual', 1200)]), { reasons: 'local_registration', country: 'GB', codes: 'GB_STANDARD', category: 'S', rows: [[20, 1000, 200]] }],
  ['16 Northern Ireland, goods', DE_OSS, sale({ country: 'GB', postcode: 'BT1 5GS' }, [line('physical', 6000)]), { reasons: 'oss_union', country: 'XI', codes: 'XI_STANDARD', category: 'S', rows: [[20, 5000, 1000]] }],
  ['17 US seller, goods of EUR 120 to DE, IOSS', settings('US', { ioss: { enabled: true } }), sale({ country: 'DE' }, [line('physical', 12000)]), { reasons: 'ioss', country: 'DE', codes: 'DE_STANDARD', category: 'S', rows: [[19, 10084, 1916]] }],
  ['18 QC, GST and QST', settings('CA', { ca: { registered: true, provinces: ['QC'] } }), sale({ country: 'CA', region: 'QC' }, [net('virtual', 10000)], { currency: 'CAD' }), { reasons: 'canada', country: 'CA', codes: 'CA_QC', category: 'S', rows: [[14.975, 10000, 1498]] }],
  ['19 CH, registered there', settings('DE', { ...OSS, registrations: [{ country: 'CH' }] }), sale({ country: 'CH' }, [line('virtual', 1999)]), { reasons: 'local_registration', country: 'CH', codes: 'CH_STANDARD', category: 'S', rows: [[8.1, 1849, 150]] }],
  ['20 rounding of gross groups', DE, sale({ country: 'DE' }, [...['a', 'b', 'c'].map((id) => line('virtual', 99, { id })), ...['d', 'e', 'f', 'g', 'h', 'i', 'j'].map((id) => line('physical', 33, { id, rateCode: 'reduced' }))]), { reasons: 'domestic', country: 'DE', codes: 'DE_STANDARD,DE_REDUCED', category: 'S', rows: [[19, 250, 47], [7, 216, 15]], nets: [84, 83, 83, 31, 31, 31, 31, 31, 31, 30] }],
  ['21 small business', settings('DE', { smallBusiness: { enabled: true } }), sale({ country: 'DE' }, [net('virtual', 10000)]), { reasons: 'small_business', country: 'DE', codes: 'SMALL_BUSINESS', category: 'E', rows: [[0, 10000, 0]] }],
]; // prettier-ignore

describe('the worked examples', () => {
  it.each(EXAMPLES)('%s', (_title, given, input, expected) => {
    const { lines, breakdown, totalNet, totalTax, totalGross } = calculate(given, input);
    const unique = (values: readonly string[]): string => [...new Set(values)].join(',');
    expect({
      reasons: unique(lines.map(({ reason }) => reason)),
      country: unique(lines.map(({ taxCountry }) => taxCountry)),
      codes: unique(lines.map(({ rateCode }) => rateCode)),
      category: unique(lines.map(({ category, exemptionCode }) => [category, exemptionCode].filter(Boolean).join(' '))),
      rows: breakdown.map(({ taxRate, taxableBase, taxAmount }) => [taxRate, taxableBase, taxAmount]),
      nets: expected.nets && lines.map((one) => one.net),
    }).toEqual({ nets: undefined, ...expected });
    expect(totalNet).toBe(expected.rows.reduce((sum, [, base]) => sum + base, 0));
    expect(totalTax).toBe(expected.rows.reduce((sum, [, , tax]) => sum + tax, 0));
    expect(totalGross).toBe(totalNet + totalTax);
  });

  it('18 shows GST and QST each rounded by itself', () => {
    const given = settings('CA', { ca: { registered: true, provinces: ['QC'] } });
    const [row] = calculate(given, sale({ country: 'CA', region: 'QC' }, [net('virtual', 10000)], { currency: 'CAD' })).breakdown;
    expect(row?.components).toEqual([
      { type: 'gst', region: 'QC', rateCode: 'CA_QC_GST', rate: 5, tax: 500 },
      { type: 'qst', region: 'QC', rateCode: 'CA_QC_QST', rate: 9.975, tax: 998 },
    ]);
  });

  it('finds 782 in 4900 at 19 %', () => {
    expect(calculate(DE, sale({ country: 'DE' }, [line('digital_service', 4900)]))).toMatchObject({ totalNet: 4118, totalTax: 782 });
  });

  it.each([
    ['billed in DE, shipped to AT', 'DE', 'AT', 'oss AT_STANDARD', 'standard DE_STANDARD'],
    ['billed in FR, shipped to CH', 'FR', 'CH', 'export EXPORT', 'oss FR_STANDARD'],
    ['billed in CH, shipped to AT', 'CH', 'AT', 'oss AT_STANDARD', 'export EXPORT'],
  ])('taxes goods and digital services of one basket where each belongs: %s', (_title, bill, ship, goods, digital) => {
    const { lines } = calculate(
      DE_OSS,
      sale({ country: bill }, [line('goods', 1000), line('digital_service', 1000)], { shipTo: { country: ship } }),
    );
    expect(lines.map(({ treatment, rateCode }) => `${treatment} ${rateCode}`)).toEqual([goods, digital]);
  });

  it('is not affected by settings of other schemes', () => {
    const given = settings('US', NON_UNION_OSS);
    const [only] = calculate(given, sale({ country: 'FR' }, [line('digital_service', 1200)])).lines;
    expect(only).toMatchObject({ reason: 'oss_non_union', treatment: 'oss', rateCode: 'FR_STANDARD', net: 1000, tax: 200 });
  });
});
