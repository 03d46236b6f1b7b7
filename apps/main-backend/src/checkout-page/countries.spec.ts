import { describe, expect, it } from '@jest/globals';
import { countriesIn, isCountryCode } from './countries.js';

describe('countries', () => {
  it('knows 249 of them, by name, in order', () => {
    const countries = countriesIn('en');
    expect(countries).toHaveLength(249);
    expect(countries[0]).toEqual({ code: 'AF', name: 'Afghanistan' });
    expect(countries.find((country) => country.code === 'DE')?.name).toBe('Germany');
    expect(countriesIn('de').find((country) => country.code === 'DE')?.name).toBe('Deutschland');
  });

  it.each([
    ['DE', true],
    ['XX', false],
    ['de', false],
    ['', false],
  ])('%p is a country: %p', (code, expected) => expect(isCountryCode(code)).toBe(expected));
});
