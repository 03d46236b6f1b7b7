import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isObjectId, newObjectId, newPrefixedId, randomToken, SHORT_CODE_ALPHABET } from './ids.js';

describe('ids', () => {
  it('makes ObjectIds that are unique and sort by second', () => {
    const ids = Array.from({ length: 5_000 }, () => newObjectId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isObjectId)).toBe(true);
    expect(newObjectId(new Date('2026-01-01T00:00:00Z')) < newObjectId(new Date('2026-01-01T00:00:01Z'))).toBe(true);
  });

  it('makes prefixed ids that sort by millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e9 }), (time, later) => {
        const [first, second] = [newPrefixedId('dlv', new Date(time)), newPrefixedId('dlv', new Date(time + later))];
        expect(first).toMatch(/^dlv_[0-9a-hjkmnp-tv-z]{26}$/);
        expect(first < second).toBe(true);
      }),
    );
  });

  it('draws tokens evenly from the whole alphabet', () => {
    const counts = new Map<string, number>();
    for (const letter of randomToken(57_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect([...counts.keys()].sort().join('')).toBe(SHORT_CODE_ALPHABET.split('').sort().join(''));
    // Expected 1,000 of each; a modulo bias would put some letters 20 % above others.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });

  it.each(['', '123', 'g'.repeat(24), '507f1f77bcf86cd79943901', { $gt: '' }, null])('%p is no ObjectId', (value) => {
    expect(isObjectId(value)).toBe(false);
  });
});
