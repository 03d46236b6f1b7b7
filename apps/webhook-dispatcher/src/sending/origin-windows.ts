/** How an exchange went, as far as the receiver's capacity is concerned. */
export type Pace = 'fast' | 'slow';

export interface WindowLimits {
  /** Exchanges at the same time over all origins. */
  total: number;
  /** The most one origin can get. */
  perOrigin: number;
}

interface Window {
  size: number;
  inFlight: number;
}

const FIRST_SIZE = 8;

/**
 * Decides how many exchanges may run at the same time, so that a receiver that hangs never takes the capacity of others.
 * An origin starts with a small window; each fast answer opens it by one, each slow or failed exchange halves it.
 */
export class OriginWindows {
  private readonly windows = new Map<string, Window>();
  private running = 0;
  private closed = false;

  constructor(private readonly limits: WindowLimits) {}

  get free(): number {
    return this.limits.total - this.running;
  }

  /** Origins that cannot take another exchange now. */
  busyOrigins(): string[] {
    return [...this.windows].filter(([, window]) => window.inFlight >= window.size).map(([origin]) => origin);
  }

  /** True when the caller may begin an exchange; it must `release` it afterwards. */
  take(origin: string): boolean {
    const window = this.windowOf(origin);
    if (this.closed || this.free <= 0 || window.inFlight >= window.size) return false;
    window.inFlight += 1;
    this.running += 1;
    return true;
  }

  /** @param pace undefined when the exchange never began */
  release(origin: string, pace?: Pace): void {
    const window = this.windowOf(origin);
    window.inFlight -= 1;
    this.running -= 1;
    if (pace === 'fast') window.size = Math.min(window.size + 1, this.limits.perOrigin);
    if (pace === 'slow') window.size = Math.max(1, Math.floor(window.size / 2));
    // Only what is worse than a newcomer must be remembered.
    if (window.inFlight === 0 && window.size >= this.firstSize) this.windows.delete(origin);
  }

  /** From now on nothing begins any more. */
  close(): void {
    this.closed = true;
  }

  /** Several takes that can be given back together. */
  reserve(): Reservation {
    return new Reservation(this);
  }

  private get firstSize(): number {
    return Math.min(FIRST_SIZE, this.limits.perOrigin);
  }

  private windowOf(origin: string): Window {
    let window = this.windows.get(origin);
    if (!window) {
      window = { size: this.firstSize, inFlight: 0 };
      this.windows.set(origin, window);
    }
    return window;
  }
}

/** Capacity set aside while it is not yet certain that it will be used. */
export class Reservation {
  private taken: string[] = [];

  constructor(private readonly windows: OriginWindows) {}

  take(origin: string): boolean {
    if (!this.windows.take(origin)) return false;
    this.taken.push(origin);
    return true;
  }

  /** The exchange begins; from here on it is released through the windows. */
  use(origin: string): void {
    const at = this.taken.indexOf(origin);
    if (at >= 0) this.taken.splice(at, 1);
  }

  /** Returns what was not used. */
  giveBack(): void {
    for (const origin of this.taken.splice(0)) this.windows.release(origin);
  }
}
