import { describe, expect, it } from '@jest/globals';
import { endOfPrefix, nameKey } from './name-key.js';

const matches = (name: string, q: string) => {
  const [key, from] = [nameKey(name), nameKey(q)].map((text) => Buffer.from(text)) as [Buffer, Buffer];
  // As the database compares: byte by byte.
  return Buffer.compare(key, from) >= 0 && Buffer.compare(key, Buffer.from(endOfPrefix(from.toString()))) < 0;
};

describe('the search for a name', () => {
  it.each([
    ['Crème brûlée', 'creme'],
    ['Crème brûlée', 'CRÈME B'],
    ['Ångström', 'ang'],
    ['ＦＵＬＬ width', 'full'],
    ['Straße', 'STRAß'],
    ['😀 smile', '😀'],
    ['(special) $offer', '(spec'],
  ])('finds %s by %s', (name, q) => expect(matches(name, q)).toBe(true));

  it.each([
    ['Crème brûlée', 'brulee'],
    ['Crème', 'cremes'],
    ['Shirt', '.*'],
  ])('does not find %s by %s', (name, q) => expect(matches(name, q)).toBe(false));
});
