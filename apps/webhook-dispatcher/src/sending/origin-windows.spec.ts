import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OriginWindows } from './origin-windows.js';
import type { Pace } from './origin-windows.js';

const shop = 'https://shop.example';
const other = 'https://other.example';
const wide = { total: 1_000, perOrigin: 64 };

/** Admits and begins all that is possible; returns how many are running. */
function fill(windows: OriginWindows, origin: string): number {
  let running = 0;
  while (windows.admit(origin));
  while (windows.begin(origin)) running++;
  return running;
}

function answer(windows: OriginWindows, origin: string, pace: Pace): void {
  windows.admit(origin);
  windows.begin(origin);
  windows.end(origin, pace);
}

describe('OriginWindows', () => {
  it('begins few exchanges with a newcomer, lets some wait, and then says that it is busy', () => {
    const windows = new OriginWindows(wide);
    expect(fill(windows, shop)).toBe(8);
    expect(windows.roomOf(shop)).toBe(0);
    expect(windows.busyOrigins()).toEqual([shop]);
    expect(windows.admit(other)).toBe(true);
  });

  it('opens with fast answers up to the limit', () => {
    const windows = new OriginWindows(wide);
    let running = fill(windows, shop);
    for (let answers = 0; answers < 200; answers++) {
      windows.end(shop, 'fast');
      running += fill(windows, shop) - 1;
    }
    expect(running).toBe(64);
    expect(windows.isWorthWaiting(shop, 1)).toBe(true);
    expect(windows.isWorthWaiting(other, 1)).toBe(false);
  });

  it('leaves one exchange to an origin that only fails, and lets nothing wait for it', () => {
    const windows = new OriginWindows(wide);
    const all = windows.free;
    for (let running = fill(windows, shop); running > 0; running--) windows.end(shop, 'slow');
    expect(windows.isWorthWaiting(shop, 1)).toBe(false);
    for (let waiting = all - windows.free; waiting > 0; waiting--) windows.leave(shop);
    expect(windows.roomOf(shop)).toBe(1);
    expect(fill(windows, shop)).toBe(1);
    expect(windows.roomOf(shop)).toBe(0);
  });

  it('lets more wait for an origin while it answers in an instant', () => {
    const windows = new OriginWindows(wide);
    const room = (pace: Pace): number => {
      answer(windows, shop, pace);
      return windows.roomOf(shop);
    };
    expect([windows.roomOf(shop), room('fast'), room('instant'), room('fast')]).toEqual([8 * 5, 9 * 5, 10 * 9, 11 * 5]);
  });

  it('remembers a quick receiver for a minute, and one that fails for longer', () => {
    let now = 0;
    const windows = new OriginWindows(wide, () => now);
    const newcomer = windows.roomOf(shop);
    for (let answers = 0; answers < 10; answers++) answer(windows, shop, 'fast');
    for (let answers = 0; answers < 10; answers++) answer(windows, other, 'slow');
    now = 60_000;
    expect(windows.roomOf(shop)).toBeGreaterThan(newcomer);
    now = 60_001;
    expect(windows.roomOf(shop)).toBe(newcomer);
    expect(windows.roomOf(other)).toBe(1);
  });

  it('forgets idle receivers when there are too many, but not those that failed', () => {
    const windows = new OriginWindows(wide);
    const newcomer = windows.roomOf(shop);
    answer(windows, shop, 'fast');
    answer(windows, other, 'slow');
    for (let shops = 0; shops < 1_000; shops++) answer(windows, `https://shop-${shops}.example`, 'fast');
    expect(windows.roomOf(shop)).toBe(newcomer);
    expect(windows.roomOf(other)).toBe(4);
  });

  it('holds the total over all origins', () => {
    const windows = new OriginWindows({ total: 10, perOrigin: 64 });
    expect(fill(windows, shop) + fill(windows, other)).toBe(10);
  });

  it('gives back what was reserved and not used', () => {
    const windows = new OriginWindows(wide);
    const before = windows.free;
    const reservation = windows.reserve();
    reservation.take(shop);
    reservation.take(other);
    reservation.use(shop);
    reservation.giveBack();
    expect(windows.free).toBe(before - 1);
    windows.begin(shop);
    windows.end(shop, 'fast');
    expect(windows.free).toBe(before);
  });

  it('admits nothing any more once closed', () => {
    const windows = new OriginWindows(wide);
    windows.close();
    expect(windows.admit(shop)).toBe(false);
  });

  it('never exceeds a limit and always returns to empty', () => {
    const step = fc.record({
      origin: fc.constantFrom(shop, other, 'http://third.example'),
      act: fc.constantFrom('admit', 'begin', 'end', 'leave'),
      pace: fc.constantFrom<Pace | undefined>('instant', 'fast', 'slow', undefined),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const windows = new OriginWindows({ total: 12, perOrigin: 10 });
        const all = windows.free;
        const waiting: string[] = [];
        const running: string[] = [];
        const move = (from: string[], origin: string): boolean =>
          from.includes(origin) && from.splice(from.indexOf(origin), 1).length === 1;
        for (const { origin, act, pace } of steps) {
          if (act === 'admit' && windows.admit(origin)) waiting.push(origin);
          if (act === 'begin' && waiting.includes(origin) && windows.begin(origin) && move(waiting, origin)) running.push(origin);
          if (act === 'end' && move(running, origin)) windows.end(origin, pace);
          if (act === 'leave' && move(waiting, origin)) windows.leave(origin);
          expect(running.length).toBeLessThanOrEqual(12);
          for (const name of new Set(running)) expect(running.filter((o) => o === name).length).toBeLessThanOrEqual(10);
          expect(windows.free).toBe(all - running.length - waiting.length);
        }
        for (const origin of running) windows.end(origin);
        for (const origin of waiting) windows.leave(origin);
        expect(windows.free).toBe(all);
      }),
    );
  });
});
