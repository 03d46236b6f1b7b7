import { describe, expect, it } from '@jest/globals';
import { EU_COUNTRIES, euCountry } from './eu-countries.js';

describe('EU_COUNTRIES', () => {
  it('are 27 Member States and Northern Ireland, once each', () => {
    expect(EU_COUNTRIES.filter(({ memberState }) => memberState)).toHaveLength(27);
    expect(EU_COUNTRIES.filter(({ memberState }) => !memberState).map(({ countryCode }) => countryCode)).toEqual(['XI']);
    expect(new Set(EU_COUNTRIES.flatMap(({ countryCode, vatPrefix }) => [countryCode, vatPrefix])).size).toBe(29);
  });

  it('have the euro but for six and Northern Ireland', () => {
    const others = EU_COUNTRIES.filter(({ currency }) => currency !== 'EUR').map(
      ({ countryCode, currency }) => `${countryCode} ${currency}`,
    );
    expect(others).toEqual(['CZ CZK', 'DK DKK', 'HU HUF', 'PL PLN', 'RO RON', 'SE SEK', 'XI GBP']);
  });

  it.each([
    ['DE', 'DE'],
    ['gr', 'GR'],
    ['EL', 'GR'],
    ['XI', 'XI'],
    ['GB', undefined],
    ['CH', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%p is %p', (code, countryCode) => expect(euCountry(code)?.countryCode).toBe(countryCode));
});
