/** Progress lines on the terminal: one per step, with its duration. */
export class Progress {
  private readonly startedAt = performance.now();

  constructor(private readonly write: (text: string) => void = (text) => process.stdout.write(text)) {}

  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      const result = await work();
      this.write(`  ✓ ${title} (${seconds(started)} s)\n`);
      return result;
    } catch (error) {
      this.write(`  ✗ ${title} (${seconds(started)} s)\n`);
      throw error;
    }
  }

  line(text = ''): void {
    this.write(`${text}\n`);
  }

  elapsedSeconds(): string {
    return seconds(this.startedAt);
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
