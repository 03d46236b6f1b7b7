import { describe, expect, it } from '@jest/globals';
import { lookUpDelayMs, NEVER_RECEIVED_AFTER_MS } from './look-up-schedule.js';

describe('lookUpDelayMs', () => {
  it('never shrinks and ends at one hour', () => {
    const delays = Array.from({ length: 20 }, (_, index) => lookUpDelayMs(index + 1, 60_000));
    expect([...delays].sort((a, b) => a - b)).toEqual(delays);
    expect(delays.at(-1)).toBe(3_600_000);
  });

  it('looks several times before a payment counts as never received', () => {
    let waited = 0;
    let looks = 0;
    while (waited <= NEVER_RECEIVED_AFTER_MS) waited += lookUpDelayMs(++looks, 60_000);
    expect(looks).toBeGreaterThanOrEqual(3);
  });
});
