import { describe, expect, it } from '@jest/globals';
import { caProvince } from './ca-provinces.js';
import { countryCode, vatIdCountry } from './countries.js';
import { instantOf, localDay } from './local-day.js';
import { territoryOf } from './territory.js';
import { usState } from './us-states.js';
import { zoneOf } from './zones.js';

describe('countryCode', () => {
  it.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    [' fr ', 'FR'],
    ['EL', 'GR'],
    ['UK', 'GB'],
    ['XI', 'XI'],
    ['ZZ', undefined],
    ['', undefined],
    [49, undefined],
    [null, undefined],
  ])('%j is %j', (given, expected) => expect(countryCode(given)).toBe(expected));
});

describe('vatIdCountry', () => {
  it.each([
    ['ATU12345678', 'AT'],
    ['EL123456789', 'GR'],
    ['XI123456789', 'XI'],
    ['CHE-123.456.789', 'CH'],
    ['123456789', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is of %j', (given, expected) => expect(vatIdCountry(given)).toBe(expected));
});

describe('usState', () => {
  it.each([
    ['TX', undefined, 'TX'],
    ['US-TX', undefined, 'TX'],
    ['texas', undefined, 'TX'],
    ['District of Columbia', undefined, 'DC'],
    [undefined, '10001', 'NY'],
    [undefined, '00501', 'NY'],
    [undefined, '90210-1234', 'CA'],
    [undefined, '73301', 'TX'],
    [undefined, '73401', 'OK'],
    [undefined, '99501', 'AK'],
    [undefined, '20500', 'DC'],
    [undefined, '20101', 'VA'],
    ['nowhere', '60601', 'IL'],
    [undefined, '09012', undefined],
    [undefined, '1000', undefined],
    [undefined, undefined, undefined],
  ])('%j, %j is %j', (region, postcode, expected) => expect(usState(region, postcode)).toBe(expected));
});

describe('caProvince', () => {
  it.each([
    ['QC', undefined, 'QC'],
    ['ca-qc', undefined, 'QC'],
    ['Québec', undefined, 'QC'],
    ['Newfoundland', undefined, 'NL'],
    [undefined, 'M5V 2T6', 'ON'],
    [undefined, 'v6b1a1', 'BC'],
    [undefined, 'X0A 0H0', 'NU'],
    [undefined, 'X1A 2B3', 'NT'],
    [undefined, '12345', undefined],
    [undefined, undefined, undefined],
  ])('%j, %j is %j', (region, postcode, expected) => expect(caProvince(region, postcode)).toBe(expected));
});

describe('territoryOf', () => {
  it.each<[string, Parameters<typeof territoryOf>[0], string]>([
    ['an ordinary place', { country: 'DE', postcode: '10115' }, 'DE eu'],
    ['Büsingen', { country: 'DE', postcode: '78266' }, 'DE-BUESINGEN'],
    ['Heligoland with its prefix', { country: 'DE', postcode: 'D-27498' }, 'DE-HELIGOLAND'],
    ['Livigno by name', { country: 'IT', region: 'Livigno' }, 'IT-LIVIGNO'],
    ['Tenerife', { country: 'ES', region: 'Santa Cruz de Tenerife' }, 'ES-CANARY_ISLANDS'],
    ['Ceuta', { country: 'ES', postcode: '51001' }, 'ES-CEUTA'],
    ['Melilla', { country: 'ES', region: 'ML' }, 'ES-MELILLA'],
    ['Åland', { country: 'FI', postcode: 'AX-22100' }, 'AX'],
    ['Mount Athos', { country: 'GR', postcode: '630 86' }, 'GR-MOUNT_ATHOS'],
    ['Saint-Barthélemy', { country: 'FR', postcode: '97133' }, 'BL'],
    ['Guadeloupe', { country: 'FR', postcode: '97110' }, 'GP'],
    ['Réunion by name', { country: 'FR', region: 'Réunion' }, 'RE'],
    ['New Caledonia', { country: 'FR', postcode: '98800' }, 'NC'],
    ['Monaco', { country: 'MC' }, 'FR eu'],
    ['the Isle of Man', { country: 'IM' }, 'GB'],
    ['Belfast', { country: 'GB', postcode: 'bt1 5gs' }, 'XI eu'],
    ['Northern Ireland by name', { country: 'GB', region: 'Northern Ireland' }, 'XI eu'],
    ['Jersey by postcode', { country: 'GB', postcode: 'JE2 3AB' }, 'JE'],
    ['Madeira', { country: 'PT', postcode: '9000-018' }, 'PT-30 eu'],
    ['Puerto Rico', { country: 'PR' }, 'US-PR'],
    ['Gibraltar', { country: 'GI' }, 'GI'],
    ['the Faroe Islands', { country: 'FO' }, 'FO'],
  ])('knows %s', (_name, place, expected) => {
    const territory = territoryOf(place, true);
    expect([[territory?.country, territory?.region].filter(Boolean).join('-'), territory?.inEu && 'eu'].filter(Boolean).join(' ')).toBe(
      expected,
    );
  });

  it('knows no place without a country', () => expect(territoryOf({}, true)).toBeUndefined());
});

describe('localDay', () => {
  it.each([
    ['2026-03-28T22:59:59Z', 'DE', undefined, '2026-03-28'],
    ['2026-03-28T23:00:00Z', 'DE', undefined, '2026-03-29'],
    ['2026-03-29T21:59:59Z', 'DE', undefined, '2026-03-29'],
    ['2026-03-29T22:00:00Z', 'DE', undefined, '2026-03-30'],
    ['2026-10-25T22:59:59Z', 'DE', undefined, '2026-10-25'],
    ['2026-10-25T23:00:00Z', 'DE', undefined, '2026-10-26'],
    ['2025-12-31T23:30:00Z', 'DE', undefined, '2026-01-01'],
    ['2025-12-31T23:30:00Z', 'PT', undefined, '2025-12-31'],
    ['2026-01-01T00:30:00Z', 'PT', '20', '2025-12-31'],
    ['2026-01-01T09:59:59Z', 'US', 'HI', '2025-12-31'],
    ['2026-01-01T03:29:59Z', 'CA', 'NL', '2025-12-31'],
    ['2026-01-01T03:30:00Z', 'CA', 'NL', '2026-01-01'],
    ['2025-12-31T15:00:00Z', 'JP', undefined, '2026-01-01'],
    ['2026-01-01T00:00:00Z', 'AQ', undefined, '2026-01-01'],
  ])('%s in %s %s is %s', (instant, country, region, day) => {
    expect(localDay(Date.parse(instant), country, region)).toBe(day);
  });

  it('counts every hour of a year as the calendar of Intl does', () => {
    for (const [country, region] of [['DE'], ['IE'], ['US', 'TX'], ['CA', 'NL'], ['MA'], ['AU']] as const) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zoneOf(country, region) });
      for (let hour = 0; hour < 366 * 24; hour += 1) {
        const instant = Date.UTC(2024, 0, 1) + hour * 3_600_000;
        const day = localDay(instant, country, region);
        if (day !== format.format(instant)) expect(`${country} ${hour} ${day}`).toBe(format.format(instant));
      }
    }
  });

  it('falls back to UTC where there is no zone to be had', () => expect(zoneOf('ZZ')).toBe('UTC'));
});

describe('instantOf', () => {
  it.each([
    ['2026-03-02T12:00:00Z', Date.UTC(2026, 2, 2, 12)],
    ['2026-03-02T12:00Z', Date.UTC(2026, 2, 2, 12)],
    ['2026-03-02T12:00:00.123+01:00', Date.UTC(2026, 2, 2, 11, 0, 0, 123)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-03-02', undefined],
    ['2026-03-02T12:00:00', undefined],
    ['yesterday', undefined],
  ])('%s is %p', (text, expected) => expect(instantOf(text)).toBe(expected));
});
