import { DEFAULT_TAX_RATES, DEFAULT_TAX_SETTINGS, TaxEngine } from '../src/index.js';
import type { TaxBuyer, TaxCalculation, TaxConfiguration, TaxInput, TaxLine, TaxOutcome, TaxRule, TaxSettings } from '../src/index.js';

export const TODAY = '2026-03-02T12:00:00Z';

export function settings(sellerCountry: string, changes: Partial<TaxSettings> = {}): TaxSettings {
  return { ...DEFAULT_TAX_SETTINGS, enabled: true, sellerCountry, ...changes };
}

export const OSS = { oss: { enabled: true, scheme: 'union', thresholdExceeded: true } } as const satisfies Partial<TaxSettings>;
export const NON_UNION_OSS = {
  oss: { enabled: true, scheme: 'non_union', thresholdExceeded: false },
} as const satisfies Partial<TaxSettings>;

export function configuration(given: TaxSettings, rules: readonly TaxRule[] = []): TaxConfiguration {
  return { settings: given, rates: DEFAULT_TAX_RATES, rules };
}

const engines = new Map<string, TaxEngine>();
/** Indexing the catalogue takes longer than a calculation. */
export function engineOf(given: TaxSettings): TaxEngine {
  const key = JSON.stringify(given);
  const engine = engines.get(key) ?? new TaxEngine(configuration(given));
  engines.set(key, engine);
  return engine;
}

let lines = 0;
export function line(itemType: string, unitPrice: number, changes: Partial<TaxLine> = {}): TaxLine {
  lines += 1;
  return { id: `l${String(lines).padStart(6, '0')}`, itemType, quantity: 1, unitPrice, amountType: 'gross', ...changes };
}

export function net(itemType: string, unitPrice: number, changes: Partial<TaxLine> = {}): TaxLine {
  return line(itemType, unitPrice, { amountType: 'net', ...changes });
}

export function sale(buyer: TaxBuyer, saleLines: readonly TaxLine[], changes: Partial<TaxInput> = {}): TaxInput {
  return { currency: 'EUR', taxPoint: TODAY, buyer, lines: saleLines, ...changes };
}

export function calculated(outcome: TaxOutcome): TaxCalculation {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.calculation;
}

export function calculate(given: TaxSettings, input: TaxInput): TaxCalculation {
  return calculated(engineOf(given).calculate(input));
}

/** A business whose VAT id the Commission's service confirmed. */
export function business(country: string, vatId: string, changes: Partial<TaxBuyer> = {}): TaxBuyer {
  return { country, type: 'business', vatId, vatIdStatus: 'valid', ...changes };
}
