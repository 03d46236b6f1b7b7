import { describe, expect, it } from '@jest/globals';
import { phoneCountry } from './phone-country.js';

describe('phoneCountry', () => {
  it.each([
    ['+49 30 1234567', 'DE'],
    ['0049 (30) 1234567', 'DE'],
    ['+351 912 345 678', 'PT'],
    ['+35 1912345678', 'PT'],
    ['+36-1-234', 'HU'],
    ['+420 123', 'CZ'],
    ['+44.20.7946.0000', 'GB'],
    ['+1 212 555 0100', undefined],
    ['+7 495 123', undefined],
    ['030 1234567', undefined],
    ['+', undefined],
    ['call me', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p → %p', (phone, country) => expect(phoneCountry(phone)).toBe(country));
});
