import { describe, expect, it } from '@jest/globals';
import type { TaxBuyer, TaxSettings } from '../src/index.js';
import { effectiveConfiguration, TaxEngine } from '../src/index.js';
import { calculate, calculated, configuration, engineOf, line, OSS, sale, settings } from './sales.js';

/** Shops compute the tax of an order themselves and name its rate on every line. */
describe('a rate that the shop computed with', () => {
  const valid = (country: string): TaxBuyer => ({ country, vatId: `${country}123456789`, vatIdStatus: 'valid', type: 'business' });
  const canada: Partial<TaxSettings> = { ca: { registered: true, provinces: ['QC'] } };

  it.each<[string, TaxSettings, TaxBuyer, number, string, string, string]>([
    ['is the standard rate at home', settings('DE'), { country: 'DE' }, 19, 'standard', 'DE', 'DE_STANDARD'],
    ['is the reduced rate at home', settings('DE'), { country: 'DE' }, 7, 'reduced', 'DE', 'DE_REDUCED'],
    ['is that of the buyer’s state, for the One-Stop-Shop', settings('DE', OSS), { country: 'FR' }, 20, 'oss', 'FR', 'FR_STANDARD'],
    ['is a reduced one there', settings('DE', OSS), { country: 'FR' }, 5.5, 'oss', 'FR', 'FR_REDUCED_2'],
    ['is that of the seller below the threshold', settings('DE'), { country: 'FR' }, 19, 'standard', 'DE', 'DE_STANDARD'],
    ['is nothing for a business abroad', settings('DE', OSS), valid('FR'), 0, 'reverse_charge', 'FR', 'REVERSE_CHARGE'],
    ['is nothing outside the EU', settings('DE', OSS), { country: 'CH' }, 0, 'export', 'CH', 'EXPORT'],
    ['is the sum of taxes side by side', settings('CA', canada), { country: 'CA', region: 'QC' }, 14.975, 'ca_gst_hst', 'CA', 'CA_QC'],
    ['is no rate of the place: taken as it is', settings('DE', OSS), { country: 'FR' }, 18, 'manual', 'FR', 'MANUAL'],
    ['is that of the seller where another is due', settings('DE', OSS), { country: 'FR' }, 19, 'manual', 'DE', 'MANUAL'],
    ['is something where nothing is due', settings('DE', OSS), { country: 'CH' }, 8.1, 'manual', 'CH', 'MANUAL'],
    ['is nothing where something is due', settings('DE', OSS), { country: 'DK' }, 0, 'manual', 'DK', 'MANUAL'],
    ['is all that is known of a buyer without a country', settings('DE'), {}, 19, 'manual', 'DE', 'MANUAL'],
  ])('%s', (_name, seller, buyer, statedRate, treatment, taxCountry, rateCode) => {
    const { lines, warnings, totalTax } = calculate(seller, sale(buyer, [line('digital_service', 12_000, { statedRate })]));
    expect(lines[0]).toMatchObject({ treatment, taxCountry, rateCode, rate: statedRate });
    expect(totalTax).toBe(12_000 - Math.round(12_000 / (1 + statedRate / 100)));
    expect(warnings.some((warning) => warning.startsWith('The shop computed'))).toBe(treatment === 'manual' && buyer.country !== undefined);
  });

  it('comes to the same again from what is kept of it', () => {
    const all = configuration(settings('DE', OSS));
    const input = sale({ country: 'FR' }, [line('digital_service', 1055, { statedRate: 5.5 })]);
    const outcome = new TaxEngine(all).calculate(input);
    expect(new TaxEngine(effectiveConfiguration(all, calculated(outcome))).calculate(input)).toEqual(outcome);
  });

  it('must be a percentage', () => {
    const outcome = engineOf(settings('DE')).calculate(sale({ country: 'DE' }, [line('goods', 100, { statedRate: 101 })]));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'tax_line_invalid', field: 'lines[0].statedRate' }] });
  });
});
