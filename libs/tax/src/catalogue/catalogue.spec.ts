import { describe, expect, it } from '@jest/globals';
import { EU_MEMBER_STATES } from '../places/countries.js';
import { CA_PROVINCES } from '../places/ca-provinces.js';
import { US_STATES } from '../places/us-states.js';
import { DEFAULT_TAX_RATES, TAX_CATALOGUE_VERSION } from './catalogue.js';
import type { CatalogueRate } from './rate-series.js';

const TODAY = '2026-11-21';
const on = (code: string, day = TODAY): CatalogueRate | undefined =>
  DEFAULT_TAX_RATES.find((rate) => rate.code === code && rate.validFrom <= day && day <= (rate.validTo ?? day));

describe('the catalogue', () => {
  it('has a version, and of every row an id, a source and how sure it is', () => {
    expect(TAX_CATALOGUE_VERSION).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(new Set(DEFAULT_TAX_RATES.map(({ id }) => id)).size).toBe(DEFAULT_TAX_RATES.length);
    for (const { source, confidence } of DEFAULT_TAX_RATES) {
      expect(source.length).toBeGreaterThan(10);
      expect(['high', 'medium', 'low']).toContain(confidence);
    }
  });

  it('has the standard rates of today', () => {
    const rates = [...EU_MEMBER_STATES, 'XI', 'GB', 'CH', 'LI', 'NO', 'IS'].map(
      (country) => `${country}${on(`${country}_STANDARD`)?.rate ?? '?'}`,
    );
    expect(rates.join(' ')).toBe(
      'AT20 BE21 BG20 CY19 CZ21 DE19 DK25 EE24 ES21 FI25.5 FR20 GR24 HR25 HU27 IE23 IT22 LT21 LU17 LV21 MT18 NL21 PL23 PT23 RO21 SE25 ' +
        'SI22 SK23 XI20 GB20 CH8.1 LI8.1 NO25 IS24',
    );
  });

  it('has a reduced rate of every Member State but Denmark', () => {
    expect(EU_MEMBER_STATES.filter((country) => !on(`${country}_REDUCED`))).toEqual(['DK']);
  });

  it('has a rate of every state and province', () => {
    expect(US_STATES.filter(({ code }) => !on(`US_${code}_STANDARD`))).toEqual([]);
    expect(CA_PROVINCES.filter(({ code }) => !on(`CA_${code}_HST`) && !on(`CA_${code}_GST`))).toEqual([]);
  });

  it('has no gap in a code that holds today', () => {
    const gaps = DEFAULT_TAX_RATES.filter(({ code, validTo }) => validTo !== undefined && on(code)).filter(({ code, validTo = '' }) => {
      const next = new Date(Date.parse(validTo) + 86_400_000).toISOString().slice(0, 10);
      return !DEFAULT_TAX_RATES.some((other) => other.code === code && other.validFrom === next);
    });
    expect(gaps).toEqual([]);
  });

  it('says what it is not sure of', () => {
    const unsure = DEFAULT_TAX_RATES.filter(({ confidence }) => confidence === 'low').map(({ id, note }) => [id, note]);
    expect(unsure).toEqual([['default:US_DC_STANDARD:2026-10-01', expect.stringContaining('not confirmed')]]);
  });
});
