import { describe, expect, it } from '@jest/globals';
import { vatIdExample } from '@paygate/tax';
import fc from 'fast-check';
import { countriesIn } from '../countries.js';
import { addressFormat, hasField } from './address-format.js';
import { hasPostcodes, postcodeFormat } from './postcodes.js';
import { findRegion, regionsOf } from './regions.js';
import { canonicalVatId } from '../../vat-ids/index.js';

const countries = countriesIn('en').map(({ code }) => code);

describe.each(['', ...countries])('the address of %p', (country) => {
  const format = addressFormat(country);
  const fields = format.rows.flat();

  it('names every field once, and its rules belong to its fields', () => {
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields).toEqual(expect.arrayContaining(['address1', 'address2', 'city']));
    expect(hasField(format, 'state')).toBe(format.regions !== undefined);
    expect(hasField(format, 'postcode')).toBe(hasPostcodes(country));
    // A country without postcodes has no format of them.
    expect(format.postcode === undefined || hasPostcodes(country)).toBe(true);
    expect(format.postcode?.accepts(format.postcode.example)).not.toBe(false);
  });
});

describe('postcodes', () => {
  it.each([
    ['DE', '10115', true],
    ['DE', '1011', false],
    ['DE', 'D-10115', false],
    ['GB', 'sw1a1aa', true],
    ['GB', 'M1 1AE', true],
    ['GB', 'EC1A 1BB', true],
    ['GB', '12345', false],
    ['NL', '1012ab', true],
    ['PL', '00001', true],
    ['PL', '0-0001', false],
    ['US', '94105-1234', true],
    ['US', '9410', false],
    ['CA', 'k1a0b1', true],
    ['IE', 'd6w xy00', true],
    ['JP', '1000001', true],
    ['LV', 'LV-1010', true],
    ['SE', '11120', true],
  ])('%s %s: %p', (country, postcode, expected) => expect(postcodeFormat(country)?.accepts(postcode)).toBe(expected));

  it('take what is not known as it comes', () => expect(postcodeFormat('KZ')).toBeUndefined());
});

describe('regions', () => {
  it.each([
    ['US', 54],
    ['CA', 13],
    ['AU', 8],
    ['BR', 27],
    ['IN', 36],
    ['IT', 107],
    ['ES', 52],
    ['JP', 47],
    ['MX', 32],
    ['IE', 26],
    ['AR', 24],
    ['AE', 7],
  ])('%s has %d, each with a code and a name of its own', (country, count) => {
    const regions = regionsOf(country) ?? [];
    expect(regions).toHaveLength(count);
    expect(new Set(regions.map(({ code }) => code)).size).toBe(count);
    expect(new Set(regions.map(({ name }) => name)).size).toBe(count);
    expect(regions.every(({ code, name }) => /^[A-Z0-9]{1,3}$/.test(code) && name.length > 2)).toBe(true);
  });

  it.each([
    ['US', 'ca', 'CA'],
    ['US', 'California', 'CA'],
    ['CA', 'quebec', 'QC'],
    ['US', 'Bavaria', undefined],
    ['DE', 'Berlin', undefined],
    ['US', '', undefined],
  ])('%s %p is %p', (country, text, code) => expect(findRegion(country, text)?.code).toBe(code));
});

describe('VAT IDs', () => {
  it.each(countries.filter((country) => vatIdExample(country) !== undefined))('of %s look like their example', (country) => {
    const example = vatIdExample(country) ?? '';
    expect(canonicalVatId(example, country)).toBe(example.replaceAll(/[\s.-]/g, ''));
    expect(canonicalVatId(` ${example.toLowerCase()} `, country)).toBe(example.replaceAll(/[\s.-]/g, ''));
  });

  it('are known of 27 member states, their islands and four neighbours', () => {
    expect(countries.filter((country) => vatIdExample(country) !== undefined)).toHaveLength(27 + 4 + 3);
  });

  it.each([
    ['de 123 456 789', 'DE', 'DE123456789'],
    ['123456789', 'DE', 'DE123456789'],
    ['ATU12345678', 'DE', 'ATU12345678'],
    ['EL123456789', 'GR', 'EL123456789'],
    ['GR 123456789', 'GR', 'EL123456789'],
    ['gr123456789', 'DE', 'EL123456789'],
    ['123456789', 'NO', 'NO123456789MVA'],
    ['XI123456789', 'GB', 'XI123456789'],
    ['CHE-123.456.789', 'CH', 'CHE123456789'],
    ['NO 123 456 789 MVA', 'NO', 'NO123456789MVA'],
    ['DE12345678', 'DE', undefined],
    ['DE!', 'GB', undefined],
    ['12-3456789', 'US', '123456789'],
    ['<script>', 'US', undefined],
    ['', 'US', undefined],
  ])('%p in %s is stored as %p', (text, country, stored) => expect(canonicalVatId(text, country)).toBe(stored));

  it('are stored in one form only', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('DEATU0123456789 .-')) }),
        fc.constantFrom(...countries),
        (text, country) => {
          const stored = canonicalVatId(text, country);
          if (stored !== undefined) expect(canonicalVatId(stored, country)).toBe(stored);
        },
      ),
    );
  });
});
