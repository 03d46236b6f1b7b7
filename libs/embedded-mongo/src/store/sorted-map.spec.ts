import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SortedMap } from './sorted-map.js';

const key = fc.integer({ min: 0, max: 3000 }).map((n) => String(n).padStart(4, '0'));
const range = fc.tuple(key, key).map(([a, b]): [string, string] => (a < b ? [a, b] : [b, a]));

function contents(map: SortedMap<number>, low: string, high: string, backward = false): string[] {
  const out: string[] = [];
  const visit = (_: number, k: string): boolean => {
    out.push(k);
    return false;
  };
  if (backward) map.descend(low, high, visit);
  else map.ascend(low, high, visit);
  return out;
}

describe('SortedMap', () => {
  it('holds what a plain sorted list would hold', () => {
    fc.assert(
      fc.property(
        fc.array(key, { minLength: 600, maxLength: 2500 }),
        fc.array(key),
        fc.array(range, { maxLength: 5 }),
        (added, removed, ranges) => {
          const map = new SortedMap<number>();
          const model = new Set<string>();
          added.forEach((k, i) => {
            map.set(k, i);
            model.add(k);
          });
          for (const k of removed) {
            map.delete(k);
            model.delete(k);
          }
          const sorted = [...model].sort();
          expect(contents(map, '', '\uffff')).toEqual(sorted);
          for (const [low, high] of ranges) {
            const within = sorted.filter((k) => k >= low && k < high);
            expect(contents(map, low, high)).toEqual(within);
            expect(contents(map, low, high, true)).toEqual(within.reverse());
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keeps growing keys and empties again', () => {
    const map = new SortedMap<number>();
    const keys = Array.from({ length: 5000 }, (_, i) => String(i).padStart(5, '0'));
    keys.forEach((k, i) => map.set(k, i));
    expect(contents(map, '00100', '00103')).toEqual(['00100', '00101', '00102']);
    expect(map.estimate('00000', '05000')).toBeGreaterThan(2000);
    for (const k of keys) map.delete(k);
    expect(contents(map, '', '\uffff')).toEqual([]);
    map.set('a', 1);
    expect(contents(map, '', '\uffff')).toEqual(['a']);
  });

  it('stops when the visitor says so', () => {
    const map = new SortedMap<number>();
    for (const k of ['a', 'b', 'c']) map.set(k, 1);
    const seen: string[] = [];
    expect(map.ascend('', 'z', (_, k) => seen.push(k) === 2)).toBe(true);
    expect(map.descend('', 'z', (_, k) => seen.push(k) === 3)).toBe(true);
    expect(seen).toEqual(['a', 'b', 'c']);
  });
});
