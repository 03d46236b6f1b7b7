import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TAX_RATES } from '../catalogue/catalogue.js';
import { defaultTaxRules } from '../configuration/default-rules.js';
import { EU_MEMBER_STATES } from '../places/countries.js';
import { DEFAULT_TAX_SETTINGS } from '../settings.js';
import type { TaxSettings } from '../settings.js';
import type { TaxRate } from '../tax-rate.js';
import type { TaxRule } from '../tax-rule.js';
import { checkTaxRate, overlappingRates } from './check-tax-rate.js';
import { checkTaxRule, contradictingRules } from './check-tax-rule.js';
import { checkTaxSettings } from './check-tax-settings.js';

const RATE: TaxRate = { id: 'r', country: 'DE', code: 'DE_STANDARD', type: 'vat', rate: 19, validFrom: '2021-01-01' };
const RULE: TaxRule = {
  id: 'a',
  name: 'Home',
  sellerCountry: 'DE',
  buyerCountry: 'DE',
  supplyTypes: ['*'],
  treatment: 'standard',
  rateCode: 'DE_STANDARD',
  priority: 10,
  active: true,
};
const SETTINGS: TaxSettings = { ...DEFAULT_TAX_SETTINGS, enabled: true, sellerCountry: 'DE' };
const fields = (findings: readonly { field: string }[]): string[] => findings.map(({ field }) => field);

describe('checkTaxRate', () => {
  it('has nothing to say about the whole catalogue', () => {
    expect(DEFAULT_TAX_RATES.flatMap(checkTaxRate)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an unknown country', { country: 'ZZ' }, 'country'],
    ['a country in small letters', { country: 'de' }, 'country'],
    ['a state nobody knows', { country: 'US', region: 'TT', code: 'US_TT_STANDARD', type: 'sales_tax' }, 'region'],
    ['a province nobody knows', { country: 'CA', region: 'XX', code: 'CA_XX_GST', type: 'gst' }, 'region'],
    ['a code of another country', { code: 'FR_STANDARD' }, 'code'],
    ['a code in small letters', { code: 'DE_standard' }, 'code'],
    ['no code', { code: undefined }, 'code'],
    ['a type nobody knows', { type: 'tva' }, 'type'],
    ['sales tax in Germany', { type: 'sales_tax' }, 'type'],
    ['more than everything', { rate: 100.01 }, 'rate'],
    ['less than nothing', { rate: -1 }, 'rate'],
    ['five decimals', { rate: 9.97501 }, 'rate'],
    ['a rate in words', { rate: '19' }, 'rate'],
    ['no number', { rate: Number.NaN }, 'rate'],
    ['a day that does not exist', { validFrom: '2025-02-30' }, 'validFrom'],
    ['an instant for a day', { validFrom: '2025-02-03T00:00:00Z' }, 'validFrom'],
    ['an end before the beginning', { validTo: '2020-12-31' }, 'validTo'],
  ])('refuses %s', (_name, changes, field) => {
    expect(fields(checkTaxRate({ ...RATE, ...changes }))).toEqual([field]);
  });

  it('never throws', () => {
    for (const junk of [null, undefined, 1, 'x', [], {}]) expect(checkTaxRate(junk as TaxRate).length).toBeGreaterThan(0);
  });
});

describe('overlappingRates', () => {
  const from = (validFrom: string, validTo?: string, changes: Partial<TaxRate> = {}): TaxRate => ({
    ...RATE,
    validFrom,
    validTo,
    ...changes,
  });
  it.each<[string, TaxRate[], string[]]>([
    ['nothing in one', [RATE], []],
    ['nothing in days that follow each other', [from('2020-01-01', '2020-06-30'), from('2020-07-01')], []],
    ['one shared day', [from('2020-01-01', '2020-07-01'), from('2020-07-01')], ['rates[1]']],
    ['two open ends, in whatever order', [from('2021-01-01'), from('2020-01-01')], ['rates[1]']],
    ['nothing between codes', [from('2020-01-01'), from('2020-01-01', undefined, { code: 'DE_REDUCED' })], []],
    ['nothing between a region and its country', [from('2020-01-01'), from('2020-01-01', undefined, { region: 'X' })], []],
  ])('finds %s', (_name, rates, expected) => {
    expect(fields(overlappingRates(rates))).toEqual(expected);
  });

  it('finds nothing in the catalogue', () => {
    expect(overlappingRates(DEFAULT_TAX_RATES)).toEqual([]);
  });
});

describe('checkTaxRule', () => {
  it.each<[string, object, string]>([
    ['no name', { name: ' ' }, 'name'],
    ['an unknown seller country', { sellerCountry: 'EU' }, 'sellerCountry'],
    ['an unknown buyer country', { buyerCountry: 'ZZ' }, 'buyerCountry'],
    ['an unknown buyer type', { buyerType: 'B2G' }, 'buyerType'],
    ['no supply types', { supplyTypes: [] }, 'supplyTypes'],
    ['an unknown treatment', { treatment: 'manual' }, 'treatment'],
    ['standard without a rate', { rateCode: undefined }, 'rateCode'],
    ['UK VAT without a rate', { treatment: 'uk_vat', rateCode: undefined }, 'rateCode'],
    ['a malformed rate code', { rateCode: 'standard' }, 'rateCode'],
    ['a priority that is too high', { priority: 1001 }, 'priority'],
    ['half a priority', { priority: 0.5 }, 'priority'],
    ['negative evidence', { evidenceRequired: -1 }, 'evidenceRequired'],
    ['a day that is none', { effectiveFrom: '2025-13-01' }, 'effectiveFrom'],
    ['an end before the beginning', { effectiveFrom: '2025-02-01', effectiveTo: '2025-01-31' }, 'effectiveTo'],
    ['a switch that is none', { active: 'yes' }, 'active'],
  ])('refuses %s', (_name, changes, field) => {
    expect(fields(checkTaxRule({ ...RULE, ...changes }))).toEqual([field]);
  });

  it('has nothing to say about the default rules of any country', () => {
    for (const seller of [...EU_MEMBER_STATES, 'GB', 'XI', 'US', 'CA', 'CH', 'NO', 'AU']) {
      const rules = defaultTaxRules(seller);
      expect(rules.length).toBeGreaterThan(4);
      expect(rules.flatMap(checkTaxRule)).toEqual([]);
      expect(contradictingRules(rules)).toEqual([]);
    }
  });
});

describe('contradictingRules', () => {
  const exempt: TaxRule = { ...RULE, id: 'b', name: 'Other', treatment: 'exempt', rateCode: undefined };
  it.each<[string, TaxRule, string[]]>([
    ['another treatment for the same sales', exempt, ['rules[1]']],
    ['another rate for the same sales', { ...RULE, id: 'b', rateCode: 'DE_REDUCED' }, ['rules[1]']],
    ['the same twice', { ...RULE, id: 'b' }, []],
    ['another priority', { ...exempt, priority: 11 }, []],
    ['another country', { ...exempt, buyerCountry: 'AT' }, []],
    ['a narrower buyer', { ...exempt, buyerType: 'B2B' }, ['rules[1]']],
    ['one that is switched off', { ...exempt, active: false }, []],
    ['a supply type out of all', { ...exempt, supplyTypes: ['goods'] }, ['rules[1]']],
  ])('judges %s', (_name, rule, expected) => {
    expect(fields(contradictingRules([RULE, rule]))).toEqual(expected);
  });

  it('leaves alone what holds at different times', () => {
    expect(
      contradictingRules([
        { ...RULE, effectiveTo: '2025-12-31' },
        { ...exempt, effectiveFrom: '2026-01-01' },
      ]),
    ).toEqual([]);
  });
});

describe('checkTaxSettings', () => {
  it('has nothing to say about the defaults', () => {
    expect(checkTaxSettings(DEFAULT_TAX_SETTINGS)).toEqual([]);
    expect(checkTaxSettings(SETTINGS)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['enabled without a country', { sellerCountry: '' }, 'sellerCountry'],
    ['an unknown country', { sellerCountry: 'ZZ' }, 'sellerCountry'],
    ['an unknown state', { sellerCountry: 'US', sellerRegion: 'Texas' }, 'sellerRegion'],
    ['a registration nowhere', { registrations: [{ country: 'ZZ' }] }, 'registrations[0].country'],
    ['a registration twice', { registrations: [{ country: 'CH' }, { country: 'CH' }] }, 'registrations[1].country'],
    ['a registration at home', { registrations: [{ country: 'DE' }] }, 'registrations[0].country'],
    ['an unknown rounding', { roundingMethod: 'total' }, 'roundingMethod'],
    ['an unknown recognition', { recognitionMode: 'later' }, 'recognitionMode'],
    ['an unknown validation', { vatIdValidation: 'always' }, 'vatIdValidation'],
    ['an unknown scheme', { oss: { enabled: false, scheme: 'x', thresholdExceeded: false } }, 'oss.scheme'],
    ['the non-Union scheme for a German seller', { oss: { enabled: true, scheme: 'non_union', thresholdExceeded: false } }, 'oss.scheme'],
    ['OSS in Switzerland', { oss: { enabled: true, scheme: 'union', country: 'CH', thresholdExceeded: false } }, 'oss.country'],
    ['an unknown fallback', { vies: { enabled: true, fallback: 'guess', recentDays: 30 } }, 'vies.fallback'],
    ['days without end', { vies: { enabled: true, fallback: 'charge_vat', recentDays: 1000 } }, 'vies.recentDays'],
    ['an unknown state', { us: { nexusStates: ['TX', 'TT'] } }, 'us.nexusStates[1]'],
    ['an unknown province', { ca: { registered: true, provinces: ['TX'] } }, 'ca.provinces[0]'],
    ['a flag in words', { strictEvidence: 'yes' }, 'strictEvidence'],
    ['a missing part', { ioss: undefined }, 'ioss'],
  ])('refuses %s: %j', (_name, changes, field) => {
    expect(fields(checkTaxSettings({ ...SETTINGS, ...changes }))).toEqual([field]);
  });

  it('never throws', () => {
    for (const junk of [null, undefined, 1, 'x', [], {}]) expect(checkTaxSettings(junk as TaxSettings).length).toBeGreaterThan(0);
  });
});
