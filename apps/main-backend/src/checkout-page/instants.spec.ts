import { describe, expect, it } from '@jest/globals';
import { formatInstant } from './instants.js';

describe('formatInstant', () => {
  const at = new Date('2026-03-08T14:05:00Z');
  it.each([
    ['en-GB', /8 Mar 2026.*14:05.*UTC/],
    ['de', /8\. März 2026.*14:05.*UTC/],
  ])('in %s', (locale, expected) => expect(formatInstant(at, locale)).toMatch(expected));
});
