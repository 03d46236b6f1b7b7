import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isKnown, standingOf } from './source-standing.js';
import type { Told } from './source-standing.js';

const told = (version: number, voided = false): Told => ({ version, movementId: `m-${version}${voided ? '-void' : ''}`, voided });

describe('standingOf', () => {
  it.each<[string, number, Told[], string, string | undefined]>([
    ['alone', 1, [told(1)], 'active', undefined],
    ['replaced', 1, [told(1), told(2)], 'superseded', 'm-2'],
    ['late', 1, [told(2), told(1)], 'superseded', 'm-2'],
    ['replaced twice', 1, [told(3), told(1), told(2)], 'superseded', 'm-3'],
    ['taken back', 1, [told(1), told(2, true)], 'voided', 'm-2-void'],
    ['taken back before it came', 1, [told(2, true), told(1)], 'voided', 'm-2-void'],
    ['taken back in the same version', 1, [told(1), told(1, true)], 'voided', 'm-1-void'],
    ['not the highest when it was taken back', 1, [told(1), told(2), told(3, true)], 'superseded', 'm-2'],
    ['the highest when it was taken back', 2, [told(3, true), told(2), told(1)], 'voided', 'm-3-void'],
    ['told anew after it was taken back', 3, [told(1), told(2, true), told(3)], 'active', undefined],
    ['taken back, then told anew', 1, [told(1), told(2, true), told(3)], 'superseded', 'm-3'],
  ])('%s', (_name, version, words, standing, movementId) => {
    expect(standingOf(version, words)).toMatchObject({ standing, ...(movementId === undefined ? {} : { movementId }) });
  });

  it('does not depend on the order, and at most one version counts', () => {
    const words = fc
      .uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 })
      .chain((versions) => fc.tuple(...versions.map((version) => fc.boolean().map((voided) => told(version, voided)))));
    fc.assert(
      fc.property(
        words.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray([...some], { minLength: some.length }))),
        ([some, shuffled]) => {
          const versions = some.filter(({ voided }) => !voided).map(({ version }) => version);
          const standings = versions.map((version) => standingOf(version, some));
          expect(versions.map((version) => standingOf(version, shuffled))).toEqual(standings);
          const last = some.reduce((top, each) => (each.version > top.version ? each : top));
          expect(standings.filter(({ standing }) => standing === 'active')).toHaveLength(last.voided ? 0 : 1);
        },
      ),
    );
  });

  it('knows a word by its id, and by its version', () => {
    expect(isKnown(told(1), [told(1)])).toBe(true);
    expect(isKnown({ ...told(1), movementId: 'other' }, [told(1)])).toBe(true);
    expect(isKnown(told(1, true), [told(1)])).toBe(false);
    expect(isKnown(told(2), [told(1)])).toBe(false);
  });
});
