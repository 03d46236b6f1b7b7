import type { Clock } from '@paygate/kernel';

/** A clock that stands still until a test moves it. */
export class FixedClock implements Clock {
  private time: number;

  constructor(start: Date | string = '2026-01-15T12:00:00.000Z') {
    this.time = FixedClock.read(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  set(to: Date | string): void {
    this.time = FixedClock.read(to);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  private static read(instant: Date | string): number {
    const time = new Date(instant).getTime();
    if (Number.isNaN(time)) throw new RangeError(`${String(instant)} is not an instant`);
    return time;
  }
}
