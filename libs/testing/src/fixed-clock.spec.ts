import { describe, expect, it } from '@jest/globals';
import { FixedClock } from './fixed-clock.js';

describe('FixedClock', () => {
  it('moves only when told', () => {
    const clock = new FixedClock('2026-03-29T00:59:59.000Z');
    const before = clock.now();
    clock.advance(1_500);
    expect(clock.now().toISOString()).toBe('2026-03-29T01:00:00.500Z');
    expect(before.toISOString()).toBe('2026-03-29T00:59:59.000Z');
    clock.set(new Date(0));
    expect(clock.now().getTime()).toBe(0);
  });

  it('refuses what is not an instant', () => {
    expect(() => new FixedClock('yesterday')).toThrow(RangeError);
  });
});
