import { Redis } from 'ioredis';
import type { ManagedProcess } from '../../stack/managed-process.js';
import type { Stack } from '../../stack/stack.js';

export type DisasterKind = 'kill' | 'flush' | 'nats';

export interface DisasterCounts {
  readonly kill: number;
  readonly flush: number;
  readonly nats: number;
}

/** Spread evenly over each other: the most frequent in between all others. */
export function disasterOrder(counts: DisasterCounts): DisasterKind[] {
  const kinds = ['kill', 'flush', 'nats'] as const;
  return kinds
    .flatMap((kind) => Array.from({ length: counts[kind] }, (_, i) => ({ kind, at: (i + 0.5) / counts[kind] })))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

/** What happens to a running platform, one thing after the other, at even distances of the events told. */
export class Disasters {
  private readonly order: DisasterKind[];
  private done = 0;
  private killed = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly stack: Stack,
    private readonly dispatchers: readonly ManagedProcess[],
    private readonly counts: DisasterCounts,
  ) {
    this.order = disasterOrder(counts);
  }

  /** Starts the next one when it is time; waits only while the one before is not over. */
  async pass(share: number): Promise<void> {
    const kind = this.order[this.done];
    if (kind === undefined || share < (this.done + 1) / (this.order.length + 1)) return;
    await this.running;
    this.done += 1;
    this.running = this.strike(kind);
    // Heard of when it is awaited.
    this.running.catch(() => undefined);
  }

  /** Resolves when everything has happened and runs again. */
  async finish(): Promise<void> {
    await this.running;
    if (this.done < this.order.length) throw new Error('the run ended before all that was to go wrong had');
  }

  private async strike(kind: DisasterKind): Promise<void> {
    if (kind === 'flush') return this.flush();
    if (kind === 'nats') return restart([this.stack.process('nats')]);
    const victim = this.dispatchers[this.killed % this.dispatchers.length];
    this.killed += 1;
    // The last time nobody is left.
    await restart(this.killed === this.counts.kill || !victim ? this.dispatchers : [victim]);
  }

  private async flush(): Promise<void> {
    const redis = new Redis(this.stack.urls.redis);
    try {
      await redis.flushall();
    } finally {
      redis.disconnect();
    }
  }
}

async function restart(processes: readonly ManagedProcess[]): Promise<void> {
  await Promise.all(processes.map((each) => each.kill()));
  await Promise.all(processes.map((each) => each.start()));
}
