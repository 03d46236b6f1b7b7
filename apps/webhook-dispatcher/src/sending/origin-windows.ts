/** How an exchange went, as far as the receiver's capacity is concerned. Instant is fast enough for many to wait behind each other. */
export type Pace = 'instant' | 'fast' | 'slow';

export interface WindowLimits {
  /** Exchanges at the same time over all origins. */
  total: number;
  /** The most one origin can get. */
  perOrigin: number;
}

interface Window {
  /** Exchanges it may have at the same time. */
  size: number;
  running: number;
  /** Running and waiting in memory for their turn. */
  admitted: number;
  idleSince: number;
  /** The last answer was. */
  isInstant: boolean;
}

const FIRST_SIZE = 8;
/**
 * For each exchange that may run, how many deliveries may wait in memory; none where an origin fails. What waits must get its turn
 * well before its lease ends.
 */
const WAITING = 4;
const WAITING_FOR_INSTANT = 8;

/** What was learned of a quick receiver is believed for this long after its last answer. */
const BELIEVED_MS = 60_000;
/** Idle origins that are kept in mind; the others are newcomers again. */
const REMEMBERED = 1_000;

/**
 * Decides how many exchanges may run at the same time, so that a receiver that hangs never takes the capacity of others.
 * An origin starts with a small window; each fast answer opens it by one, each slow or failed exchange halves it. A window is
 * remembered for a minute after the last answer, so that the next burst need not begin anew.
 */
export class OriginWindows {
  private readonly windows = new Map<string, Window>();
  private running = 0;
  private admitted = 0;
  private closed = false;

  /** @param clock milliseconds that never go back */
  constructor(
    private readonly limits: WindowLimits,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Deliveries that can still be admitted, over all origins. */
  get free(): number {
    return this.limits.total * (1 + WAITING_FOR_INSTANT) - this.admitted;
  }

  /** Deliveries of this origin that can be admitted, while others leave room. */
  roomOf(origin: string): number {
    const window = this.known(origin);
    return window ? this.capacityOf(window) - window.admitted : this.firstSize * (1 + WAITING);
  }

  /**
   * Whether room for so many more deliveries of this origin will come by itself in a moment: it answers quickly and is at work.
   * More than half of what it can have is never worth waiting for.
   */
  isWorthWaiting(origin: string, wanted: number): boolean {
    const window = this.windows.get(origin);
    if (window === undefined || window.running === 0 || window.size <= this.firstSize) return false;
    return this.roomOf(origin) < Math.min(wanted, this.capacityOf(window) / 2);
  }

  /** Origins that cannot take another delivery now. */
  busyOrigins(): string[] {
    return [...this.windows].filter(([, window]) => window.admitted >= this.capacityOf(window)).map(([origin]) => origin);
  }

  /** Admits a delivery, to be begun as soon as its origin allows. The caller must `leave` or `begin` and `end` it. */
  admit(origin: string): boolean {
    if (this.closed || this.free <= 0 || this.roomOf(origin) <= 0) return false;
    this.windowOf(origin).admitted += 1;
    this.admitted += 1;
    return true;
  }

  /** An admitted delivery is not sent after all. */
  leave(origin: string): void {
    const window = this.windowOf(origin);
    window.admitted -= 1;
    this.admitted -= 1;
    if (window.admitted > 0) return;
    window.idleSince = this.clock();
    if (this.windows.size > REMEMBERED) this.forgetIdle();
  }

  /** True when the exchange of an admitted delivery may run now. */
  begin(origin: string): boolean {
    const window = this.windowOf(origin);
    if (this.running >= this.limits.total || window.running >= window.size) return false;
    window.running += 1;
    this.running += 1;
    return true;
  }

  /** @param pace undefined when nothing was sent */
  end(origin: string, pace?: Pace): void {
    const window = this.windowOf(origin);
    window.running -= 1;
    this.running -= 1;
    if (pace) window.isInstant = pace === 'instant';
    if (pace === 'instant' || pace === 'fast') window.size = Math.min(window.size + 1, this.limits.perOrigin);
    if (pace === 'slow') window.size = Math.max(1, Math.floor(window.size / 2));
    this.leave(origin);
  }

  /** From now on nothing is admitted any more. */
  close(): void {
    this.closed = true;
  }

  /** Several admissions that can be given back together. */
  reserve(): Reservation {
    return new Reservation(this);
  }

  private get firstSize(): number {
    return Math.min(FIRST_SIZE, this.limits.perOrigin);
  }

  /** Undefined for newcomers, and for those whose quickness is too long ago. */
  private known(origin: string): Window | undefined {
    const window = this.windows.get(origin);
    const isOutdated = window?.admitted === 0 && window.size > this.firstSize && this.clock() - window.idleSince > BELIEVED_MS;
    return isOutdated ? undefined : window;
  }

  /** What is worse than a newcomer must be remembered. */
  private forgetIdle(): void {
    for (const [origin, { admitted, size }] of this.windows) {
      if (admitted === 0 && size >= this.firstSize) this.windows.delete(origin);
    }
  }

  private capacityOf(window: Window): number {
    if (window.size < this.firstSize) return window.size;
    return window.size * (1 + (window.isInstant ? WAITING_FOR_INSTANT : WAITING));
  }

  private windowOf(origin: string): Window {
    let window = this.known(origin);
    if (!window) {
      window = { size: this.firstSize, running: 0, admitted: 0, idleSince: this.clock(), isInstant: false };
      this.windows.set(origin, window);
    }
    return window;
  }
}

/** Admissions made while it is not yet certain that they will be used. */
export class Reservation {
  private taken: string[] = [];

  constructor(private readonly windows: OriginWindows) {}

  take(origin: string): boolean {
    if (!this.windows.admit(origin)) return false;
    this.taken.push(origin);
    return true;
  }

  /** The delivery is really sent; from here on the sender has to end it. */
  use(origin: string): void {
    const at = this.taken.indexOf(origin);
    if (at >= 0) this.taken.splice(at, 1);
  }

  /** Returns what was not used. */
  giveBack(): void {
    for (const origin of this.taken.splice(0)) this.windows.leave(origin);
  }
}
