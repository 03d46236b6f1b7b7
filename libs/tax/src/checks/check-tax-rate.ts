import { isCountryCode } from '../places/countries.js';
import { isRegionOf } from '../places/regions.js';
import { RATE_TYPES } from '../tax-rate.js';
import type { RateType, TaxRate } from '../tax-rate.js';
import { Findings, isDay, isRecord, periodsMeet } from './finding.js';
import type { TaxFinding } from './finding.js';

type Unchecked = { readonly [Field in keyof TaxRate]?: unknown };

const COUNTRY_OF_TYPE: Partial<Record<RateType, string>> = { sales_tax: 'US', hst: 'CA', pst: 'CA', qst: 'CA' };

/** @returns what is wrong with a rate, nothing when it can be stored. The id is not looked at. */
export function checkTaxRate(rate: Omit<TaxRate, 'id'>): TaxFinding[] {
  if (!isRecord(rate)) return [{ field: '', message: 'Expected an object.' }];
  const findings = new Findings();
  const { country, region, code, type, rate: percent, validFrom, validTo }: Unchecked = rate;
  const isPlaced = isCountryCode(country);
  findings.expect(isPlaced, 'country', 'an ISO 3166-1 alpha-2 code, or XI');
  if (region !== undefined && isPlaced) {
    const isKnown = typeof region === 'string' && isRegionOf(country, region);
    findings.expect(
      isKnown,
      'region',
      country === 'US' || country === 'CA' ? `a state or province of ${country}, e.g. TX or QC` : 'a code of capitals and digits',
    );
  }
  const isCode = typeof code === 'string' && /^[A-Z]{2}(_[A-Z0-9]+)+$/.test(code) && code.length <= 60;
  findings.expect(isCode && (!isPlaced || code.startsWith(`${country}_`)), 'code', 'a code that begins with its country, e.g. DE_STANDARD');
  const isType = (RATE_TYPES as readonly unknown[]).includes(type);
  findings.expect(isType, 'type', `one of ${RATE_TYPES.join(', ')}`);
  const needed = isType ? COUNTRY_OF_TYPE[type as RateType] : undefined;
  if (needed !== undefined && isPlaced)
    findings.expect(country === needed, 'type', `a type that ${country} levies; ${String(type)} is of ${needed}`);
  findings.expect(isPercentage(percent), 'rate', 'a percentage from 0 to 100 with at most four decimals');
  findings.expect(isDay(validFrom), 'validFrom', 'a day, YYYY-MM-DD');
  if (validTo !== undefined)
    findings.expect(isDay(validTo) && (!isDay(validFrom) || validFrom <= validTo), 'validTo', 'a day, YYYY-MM-DD, not before validFrom');
  return findings.list;
}

function isPercentage(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100 && Number(value.toFixed(4)) === value;
}

/** @returns rates of one place and code that hold at the same time: for every pair the later one, by its index */
export function overlappingRates(rates: readonly TaxRate[]): TaxFinding[] {
  const groups = new Map<string, number[]>();
  rates.forEach(({ country, region = '', code }, index) => {
    const key = `${country}-${region} ${code}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const findings: TaxFinding[] = [];
  for (const indexes of groups.values()) {
    indexes.forEach((index, position) => {
      for (const earlier of indexes.slice(0, position)) {
        const [a, b] = [rates[earlier], rates[index]];
        if (!a || !b || !periodsMeet({ from: a.validFrom, to: a.validTo }, { from: b.validFrom, to: b.validTo })) continue;
        const message = `Expected periods that do not overlap: ${a.code} already holds from ${a.validFrom} ${a.validTo ? `to ${a.validTo}` : 'on'}.`;
        findings.push({ field: `rates[${index}]`, message });
      }
    });
  }
  return findings;
}
