import { describe, expect, it } from '@jest/globals';
import { isDeeperThan } from './body-depth.js';

describe('isDeeperThan', () => {
  it.each([
    [0, 'text', false],
    [0, null, false],
    [0, {}, false],
    [0, { a: 1 }, true],
    [1, { a: 1 }, false],
    [1, { a: {} }, false],
    [1, { a: { b: 1 } }, true],
    [2, [{ a: [] }, { b: 1 }], false],
    [2, [{ a: [1] }], true],
  ])('%i levels, %j → %p', (levels, value, expected) => expect(isDeeperThan(levels, value)).toBe(expected));

  it('holds for what no stack could', () => {
    const endless: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(isDeeperThan(32, endless)).toBe(true);
  });
});
