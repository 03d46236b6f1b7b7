import { newRequestId, runInContext } from '../context/request-context.js';

/** What a task needs of a logger; pino's and Nest's both fit. */
export interface TaskLogger {
  error(fields: { err: unknown; task: string }, message: string): void;
}

export interface PeriodicTaskOptions {
  name: string;
  /** Milliseconds between the end of one run and the start of the next. */
  everyMs: number;
  /** The signal is aborted when the task is stopped. */
  run: (signal: AbortSignal) => Promise<void>;
  logger: TaskLogger;
}

/** Runs a piece of background work again and again, one run at a time. A failed run is logged and the next one follows. */
export class PeriodicTask {
  private readonly abort = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private wanted = false;
  /** The timer is about to fire; setting it again for every wake-up would put the run off as long as they keep coming. */
  private due = false;
  private started = false;

  constructor(private readonly options: PeriodicTaskOptions) {}

  /** Begins with a run at once. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.schedule(0);
  }

  /** Runs soon instead of waiting for the period to pass; during a run, once more after it. */
  wake(): void {
    if (this.running !== undefined) this.wanted = true;
    else if (this.started && !this.due) this.schedule(0);
  }

  /** No run begins after this; resolves when the one in flight has ended. */
  async stop(): Promise<void> {
    this.abort.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(delayMs: number): void {
    if (this.abort.signal.aborted) return;
    clearTimeout(this.timer);
    this.due = delayMs === 0;
    this.timer = setTimeout(() => {
      this.due = false;
      this.running = this.runOnce().finally(() => {
        this.running = undefined;
        const delay = this.wanted ? 0 : this.options.everyMs;
        this.wanted = false;
        this.schedule(delay);
      });
    }, delayMs);
    this.timer.unref();
  }

  private async runOnce(): Promise<void> {
    const { name, run, logger } = this.options;
    try {
      await runInContext({ requestId: newRequestId(), actor: 'system' }, () => run(this.abort.signal));
    } catch (error) {
      // Giving up on the abort signal is what stopping asks for.
      if (this.abort.signal.aborted && error instanceof Error && error.name === 'AbortError') return;
      logger.error({ err: error, task: name }, 'a periodic task failed');
    }
  }
}
