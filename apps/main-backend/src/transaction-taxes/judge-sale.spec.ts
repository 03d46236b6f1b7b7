import { describe, expect, it } from '@jest/globals';
import type { TaxSnapshot } from '@paygate/messages';
import { DEFAULT_TAX_SETTINGS, TaxEngine } from '@paygate/tax';
import type { TaxConfiguration, TaxInput, TaxLine } from '@paygate/tax';
import { judgeSale } from './judge-sale.js';
import type { TaxVerdict } from './tax-decision.js';

const line = (changes: Partial<TaxLine> = {}): TaxLine => ({
  ...{ id: '1', itemType: 'digital_service', quantity: 1, unitPrice: 4900, amountType: 'gross' },
  ...changes,
});
const input = (...lines: TaxLine[]): TaxInput => ({
  ...{ currency: 'EUR', taxPoint: '2026-03-01T10:00:00.000Z', buyer: { country: 'DE' } },
  lines: lines.map((each, index) => ({ ...each, id: String(index + 1) })),
});
const snapshot = (enabled: boolean): TaxSnapshot => ({
  id: '507f1f77bcf86cd799439001',
  revision: 7,
  configuration: {
    settings: { ...DEFAULT_TAX_SETTINGS, enabled, sellerCountry: 'DE' },
    rates: [
      { id: 'r1', country: 'DE', code: 'DE_STANDARD', type: 'vat', rate: 19, validFrom: '2021-01-01' },
      { id: 'r2', country: 'FR', code: 'FR_STANDARD', type: 'vat', rate: 20, validFrom: '2014-01-01' },
    ],
    rules: [],
  },
});
const engine = (configuration: TaxConfiguration, sale: TaxInput) => new TaxEngine(configuration).calculate(sale);

function judge(sale: TaxInput, of: TaxSnapshot | undefined): TaxVerdict {
  const amount = sale.lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  return judgeSale(sale, amount, of, (configuration) => engine(configuration, sale));
}

const TAX_LINE = line({ itemType: 'tax', unitPrice: 931 });

describe('judgeSale', () => {
  it.each<[string, TaxInput, TaxSnapshot | undefined, TaxVerdict['origin'], number | undefined]>([
    ['without a configuration nothing is known', input(line()), undefined, 'unknown', undefined],
    ['without a configuration rates count', input(line({ statedRate: 19 })), undefined, 'given', 782],
    ['while tax is not enabled nothing is known', input(line()), snapshot(false), 'unknown', undefined],
    ['while tax is not enabled lines of tax count', input(line(), TAX_LINE), snapshot(false), 'given', 931],
    ['enabled, the engine calculates', input(line()), snapshot(true), 'calculated', 782],
    ['enabled, it calculates what is left open', input(line(), line({ statedRate: 7 })), snapshot(true), 'calculated', 782 + 321],
    ['enabled, rates count', input(line({ statedRate: 7 })), snapshot(true), 'given', 321],
    ['enabled, lines of tax count', input(line(), TAX_LINE), snapshot(true), 'given', 931],
  ])('%s', (_name, sale, of, origin, totalTax) => {
    const verdict = judge(sale, of);
    expect([verdict.origin, verdict.calculation?.totalTax]).toEqual([origin, totalTax]);
    expect(verdict.configurationRevision).toBe(of?.revision);
    expect(verdict.problems).toBeUndefined();
  });

  it('keeps of the configuration what took part, and it gives the same again', () => {
    const sale = input(line(), line({ itemType: 'goods', quantity: 3, unitPrice: 333 }));
    const verdict = judge(sale, snapshot(true));
    expect(verdict.configuration.rates.map(({ code }) => code)).toEqual(['DE_STANDARD']);
    expect(engine(verdict.configuration, sale)).toEqual({ ok: true, calculation: verdict.calculation });
  });

  it('says why nothing is known', () => {
    const verdict = judge({ ...input(line()), taxPoint: '2020-01-01T00:00:00Z' }, snapshot(true));
    expect(verdict).toMatchObject({ origin: 'unknown', problems: [{ code: 'tax_rate_missing' }] });
    expect(verdict.calculation).toBeUndefined();
  });

  it('knows nothing of lines that come to something else than what is charged', () => {
    const sale = input(line());
    const verdict = judgeSale(sale, 1, snapshot(true), (configuration) => engine(configuration, sale));
    expect(verdict).toMatchObject({ origin: 'unknown', problems: [{ code: 'tax_line_invalid', field: 'lines' }] });
    expect(verdict.calculation).toBeUndefined();
  });
});
