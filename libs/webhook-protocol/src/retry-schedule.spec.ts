import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_RETRY_AFTER_SECONDS, RETRY_SCHEDULE_SECONDS, nextAttemptAt } from './retry-schedule.js';

const now = new Date('2026-03-01T12:00:00Z');
const secondsUntil = (at: Date | undefined): number => ((at?.getTime() ?? Number.NaN) - now.getTime()) / 1000;

describe('nextAttemptAt', () => {
  it.each([
    [0, 0],
    [1, 5],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 18_000],
    [6, 36_000],
    [7, 50_400],
    [8, 72_000],
    [9, 86_400],
  ])('after %i attempts waits %i s', (made, seconds) => {
    expect(secondsUntil(nextAttemptAt(made, { now, random: () => 0 }))).toBe(seconds);
  });

  it('gives up after ten attempts', () => {
    expect(nextAttemptAt(10, { now, random: () => 0 })).toBeUndefined();
    expect(nextAttemptAt(11, { now, random: () => 0, retryAfterSeconds: 5 })).toBeUndefined();
  });

  it.each([
    ['a longer pause is kept', 1, 60, 60],
    ['a shorter one does not hurry us', 2, 10, 300],
    ['a negative one is ignored', 1, -5, 5],
    ['an absurd one is capped', 1, 10 ** 9, MAX_RETRY_AFTER_SECONDS],
  ])('Retry-After: %s', (_, made, retryAfterSeconds, seconds) => {
    expect(secondsUntil(nextAttemptAt(made, { now, random: () => 0, retryAfterSeconds }))).toBe(seconds);
  });

  it('only ever adds jitter, at most a tenth, and never comes before what was asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: RETRY_SCHEDULE_SECONDS.length - 1 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: MAX_RETRY_AFTER_SECONDS }), { nil: undefined }),
        (made, jitter, retryAfterSeconds) => {
          const wait = secondsUntil(nextAttemptAt(made, { now, random: () => jitter, retryAfterSeconds }));
          const promised = Math.max(RETRY_SCHEDULE_SECONDS[made] ?? Number.NaN, retryAfterSeconds ?? 0);
          expect(wait).toBeGreaterThanOrEqual(promised);
          expect(wait).toBeLessThanOrEqual(promised * 1.1 + 0.001);
        },
      ),
    );
  });

  it('never gets shorter from step to step', () => {
    expect([...RETRY_SCHEDULE_SECONDS].sort((a, b) => a - b)).toEqual(RETRY_SCHEDULE_SECONDS);
  });
});
