import { Injectable, Logger } from '@nestjs/common';
import { MetricsRegistry, PeriodicTask } from '@paygate/nest-kit';
import { OutboxQueue } from './outbox-queue.js';

const EVERY_MS = 5_000;
const COUNTED_UP_TO = 10_000;

/** Shows how much waits in the outbox and for how long. A growing lag means that events do not reach the stream. */
@Injectable()
export class OutboxMetrics {
  private readonly task: PeriodicTask;

  constructor(
    private readonly queue: OutboxQueue,
    registry: MetricsRegistry,
  ) {
    const pending = registry.gauge({
      name: 'outbox_pending',
      help: `Events that wait for their publication, counted up to ${COUNTED_UP_TO}.`,
    });
    const lag = registry.gauge({ name: 'outbox_lag_seconds', help: 'Age of the oldest event that waits for its publication.' });
    this.task = new PeriodicTask({
      name: 'outbox-metrics',
      everyMs: EVERY_MS,
      run: async () => {
        const backlog = await this.queue.backlog(COUNTED_UP_TO);
        pending.set(backlog.pending);
        lag.set(backlog.oldest ? Math.max(0, (Date.now() - backlog.oldest.getTime()) / 1000) : 0);
      },
      logger: new Logger(OutboxMetrics.name),
    });
  }

  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }
}
