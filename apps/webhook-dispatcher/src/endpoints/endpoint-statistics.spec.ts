import { describe, expect, it } from '@jest/globals';
import { percentile } from './endpoint-statistics.js';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

  it.each([
    [[], 0.5, undefined],
    [[7], 0.5, 7],
    [[7], 0.95, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3], 0.5, 2],
    [hundred, 0.5, 50],
    [hundred, 0.95, 95],
  ])('of %j at %d is %p', (sorted, share, expected) => {
    expect(percentile(sorted, share)).toBe(expected);
  });
});
