/** Prints what happened and when, in milliseconds since the first moment. */
export class Timeline {
  private readonly startedAt = performance.now();

  constructor(private readonly write: (line: string) => void) {}

  add(who: string, what: string): void {
    this.write(`  ${`${this.totalMs()} ms`.padStart(8)}  ${who.padEnd(9)} ${what}`);
  }

  totalMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}
