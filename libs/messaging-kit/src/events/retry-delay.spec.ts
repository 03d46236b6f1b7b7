import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVENT_SETTINGS } from '../messaging-options.js';
import { retryDelay } from './retry-delay.js';

describe('retryDelay', () => {
  it.each([
    [1, 1_000],
    [2, 5_000],
    [3, 30_000],
    [4, 60_000],
    [5, 60_000],
    [8, 60_000],
  ])('after failure %d waits %d ms by default', (failures, expected) => {
    expect(retryDelay(failures, EVENT_SETTINGS.backoffMs)).toBe(expected);
  });

  it('never shrinks with a growing list and never leaves the list', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1 }), fc.integer({ min: 1, max: 50 }), (delays, failures) => {
        const growing = delays.sort((a, b) => a - b);
        expect(growing).toContain(retryDelay(failures, growing));
        expect(retryDelay(failures + 1, growing)).toBeGreaterThanOrEqual(retryDelay(failures, growing));
      }),
    );
  });

  it('does not wait when no delays are given', () => {
    expect(retryDelay(1, [])).toBe(0);
  });
});
