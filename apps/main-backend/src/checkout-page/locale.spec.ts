import { describe, expect, it } from '@jest/globals';
import { countriesIn, formatInstant, isCountryCode, resolveLocale } from './locale.js';

describe('resolveLocale', () => {
  it.each([
    ['de-DE', undefined, 'de-DE'],
    ['de_AT', undefined, 'de-AT'],
    ['DE', undefined, 'de'],
    ['ar-EG-u-nu-arab', undefined, 'ar-EG'],
    [undefined, 'fr-CA,fr;q=0.9', 'fr-CA'],
    [undefined, '*', 'en'],
    ['', 'nonsense!, pl;q=0.5', 'pl'],
    ['x"><script>', undefined, 'en'],
    ['../../etc', 'it', 'it'],
    ['en-'.repeat(10), undefined, 'en'],
    ['zz', undefined, 'en'],
  ])('checkout %p, browser %p → %s', (checkout, browser, expected) => expect(resolveLocale(checkout, browser)).toBe(expected));
});

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

describe('formatInstant', () => {
  const at = new Date('2026-03-08T14:05:00Z');
  it.each([
    ['en-GB', /8 Mar 2026.*14:05.*UTC/],
    ['de', /8\. März 2026.*14:05.*UTC/],
  ])('in %s', (locale, expected) => expect(formatInstant(at, locale)).toMatch(expected));
});
