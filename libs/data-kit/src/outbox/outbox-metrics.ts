import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@paygate/nest-kit';
import { OutboxQueue } from './outbox-queue.js';
import type { Backlog } from './outbox-queue.js';

const COUNTED_UP_TO = 10_000;

/**
 * Shows how much waits in the outbox and for how long, asked at each scrape. A growing lag means that events do not reach
 * the stream. While the database cannot be asked, the metrics keep their last values.
 */
@Injectable()
export class OutboxMetrics {
  private asking: Promise<Backlog | undefined> | undefined;

  constructor(
    private readonly queue: OutboxQueue,
    registry: MetricsRegistry,
  ) {
    const pending = registry.gauge({
      name: 'outbox_pending',
      help: `Events that wait for their publication, counted up to ${COUNTED_UP_TO}.`,
      collect: async () => {
        const backlog = await this.backlog();
        if (backlog) pending.set(backlog.pending);
      },
    });
    const lag = registry.gauge({
      name: 'outbox_lag_seconds',
      help: 'Age of the oldest event that waits for its publication.',
      collect: async () => {
        const backlog = await this.backlog();
        if (backlog) lag.set(backlog.oldest ? Math.max(0, (Date.now() - backlog.oldest.getTime()) / 1000) : 0);
      },
    });
  }

  /** Both metrics of one scrape share one question. */
  private backlog(): Promise<Backlog | undefined> {
    this.asking ??= this.queue
      .backlog(COUNTED_UP_TO)
      .catch(() => undefined)
      .finally(() => {
        this.asking = undefined;
      });
    return this.asking;
  }
}
