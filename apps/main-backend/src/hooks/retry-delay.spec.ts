import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './retry-delay.js';

describe('retryDelayMs', () => {
  it.each([
    [1, 1_000],
    [2, 5_000],
    [5, 300_000],
    [6, 900_000],
    [1_000, 900_000],
  ])('after %d failures waits %d ms', (attempts, delay) => {
    expect(retryDelayMs(attempts)).toBe(delay);
  });
});
