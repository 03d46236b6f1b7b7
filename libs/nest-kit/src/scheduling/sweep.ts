import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask } from './periodic-task.js';
import type { TaskLogger } from './periodic-task.js';

export interface SweepOptions {
  name: string;
  /** Milliseconds between the end of one run and the start of the next. */
  everyMs: number;
  /** How many pieces of work one instance handles at the same time. */
  lanes: number;
  logger: TaskLogger;
}

/**
 * Work that becomes due: while the service runs, it is claimed piece by piece and handled in several lanes, until nothing is due.
 * Claims are conditional writes, so any number of instances may sweep.
 */
export abstract class Sweep<T> implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;
  private readonly lanes: number;

  protected constructor({ lanes, ...options }: SweepOptions) {
    this.lanes = lanes;
    const run = async (signal: AbortSignal): Promise<void> => {
      await this.execute(signal);
    };
    this.task = new PeriodicTask({ ...options, run });
  }

  /** Takes the next piece for this instance, so that nobody else does; undefined when nothing is due. */
  protected abstract claim(): Promise<T | undefined>;

  /** What it throws ends its lane until the next run; what concerns one piece only is caught here. */
  protected abstract handle(due: T): Promise<void>;

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** Sweeps soon instead of waiting for the period to pass. */
  wake(): void {
    this.task.wake();
  }

  /** Handles everything that is due now. @returns how many pieces */
  async execute(signal?: AbortSignal): Promise<number> {
    const lanes = await Promise.all(Array.from({ length: this.lanes }, () => this.drain(signal)));
    return lanes.reduce((sum, handled) => sum + handled, 0);
  }

  private async drain(signal?: AbortSignal): Promise<number> {
    for (let handled = 0; ; handled++) {
      if (signal?.aborted) return handled;
      const due = await this.claim();
      if (due === undefined) return handled;
      await this.handle(due);
    }
  }
}
