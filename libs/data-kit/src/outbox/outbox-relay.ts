import { Inject, Injectable, Logger } from '@nestjs/common';
import { EventPublisher } from '@paygate/messaging-kit';
import { PeriodicTask } from '@paygate/nest-kit';
import { OutboxQueue } from './outbox-queue.js';
import type { FailedPublication, OutboxBatch } from './outbox-queue.js';
import type { OutboxRow } from './outbox.schema.js';

export interface RelaySettings {
  /** How often due rows are looked for when nobody calls {@link OutboxRelay.wake}. */
  sweepMs: number;
  /** A wake-up waits this long for company, so that a busy service publishes in batches. */
  gatherMs: number;
  /** How long a claimed row is safe from other relays. */
  leaseMs: number;
  batchSize: number;
  /** Publications under way at the same time. */
  concurrency: number;
  /** Pause after the first failed attempt; doubles with each further one. */
  backoffMs: number;
  maxBackoffMs: number;
}

export const RELAY_SETTINGS = Symbol('RELAY_SETTINGS');
export const DEFAULT_RELAY_SETTINGS: RelaySettings = {
  sweepMs: 1_000,
  gatherMs: 10,
  leaseMs: 30_000,
  batchSize: 256,
  concurrency: 64,
  backoffMs: 500,
  maxBackoffMs: 15_000,
};

/** Part of the lease that is kept for marking what was published. */
const LEASE_RESERVE = 0.2;
/** A row that waits for an older one of its key is looked at again this soon. */
const BLOCKED_PAUSE_MS = 200;
const FINAL_DRAIN_MS = 2_000;

interface Progress {
  sent: OutboxRow[];
  failed: FailedPublication[];
  /** Rows behind a failed one of their key, by when they may be tried. */
  behind: { rows: OutboxRow[]; dueAt: Date }[];
  untried: OutboxRow[];
}

/**
 * Publishes the outbox. A row is marked only after the stream has acknowledged its event: a crash in between publishes
 * it again, and the stream recognizes the event id. Runs in every instance of a service.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly task: PeriodicTask;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: OutboxQueue,
    private readonly publisher: EventPublisher,
    @Inject(RELAY_SETTINGS) private readonly settings: RelaySettings,
  ) {
    this.task = new PeriodicTask({
      name: 'outbox-relay',
      everyMs: this.settings.sweepMs,
      run: (signal) => this.drain(signal),
      logger: this.logger,
    });
  }

  start(): void {
    this.task.start();
  }

  /** Something was committed: publish it soon. */
  wake(): void {
    this.wakeIn(this.settings.gatherMs);
  }

  /** Finishes the batch in flight and publishes what the last requests left, for a short time. */
  async stop(): Promise<void> {
    clearTimeout(this.gathering);
    await this.task.stop();
    await this.drain(AbortSignal.timeout(FINAL_DRAIN_MS));
  }

  /** Publishes due rows until none is left, something fails, or the signal comes. */
  async drain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = await this.queue.claim(this.settings.batchSize, this.settings.leaseMs);
      if (!batch) return;
      const progress = await this.publish(batch, signal);
      await this.settle(batch, progress);
      // After a failure the next sweep goes on: a stream that is down must not be hammered.
      if (progress.failed.length > 0 || batch.size < this.settings.batchSize) return;
    }
  }

  private async publish(batch: OutboxBatch, signal: AbortSignal): Promise<Progress> {
    const progress: Progress = { sent: [], failed: [], behind: [], untried: [] };
    const stopAt = batch.expiresAt - this.settings.leaseMs * LEASE_RESERVE;
    const lanes = batch.lanes.values();
    const worker = async (): Promise<void> => {
      // The workers share one iterator, so each lane is taken by exactly one of them.
      for (const lane of lanes) {
        if (signal.aborted || performance.now() > stopAt) progress.untried.push(...lane);
        else await this.publishLane(lane, progress);
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.settings.concurrency, batch.lanes.length) }, worker));
    return progress;
  }

  private async publishLane(lane: readonly OutboxRow[], progress: Progress): Promise<void> {
    for (const [index, row] of lane.entries()) {
      try {
        await this.publisher.publish({
          subject: row.subject,
          id: row._id,
          occurredAt: row.occurredAt,
          requestId: row.requestId,
          payload: row.payload,
        });
        progress.sent.push(row);
      } catch (error) {
        const failure = { row, dueAt: new Date(Date.now() + this.backoff(row.attempts)), error: describe(error) };
        progress.failed.push(failure);
        progress.behind.push({ rows: lane.slice(index + 1), dueAt: failure.dueAt });
        return;
      }
    }
  }

  private async settle(batch: OutboxBatch, progress: Progress): Promise<void> {
    await this.queue.markSent(progress.sent);
    await this.queue.markFailed(batch.claim, progress.failed);
    for (const { rows, dueAt } of progress.behind) await this.queue.release(batch.claim, rows, dueAt);
    await this.queue.release(batch.claim, progress.untried, new Date());
    if (batch.blocked.length > 0) {
      await this.queue.release(batch.claim, batch.blocked, new Date(Date.now() + BLOCKED_PAUSE_MS));
      this.wakeIn(BLOCKED_PAUSE_MS);
    }
    const [first] = progress.failed;
    if (first) {
      this.logger.warn(
        `${progress.failed.length} of ${batch.size} events could not be published and stay in the outbox; the first: ${first.row.subject} ${first.row._id}: ${first.error}`,
      );
    }
  }

  private wakeIn(ms: number): void {
    if (this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      this.task.wake();
    }, ms).unref();
  }

  /** Half of it is jitter, so that instances do not return in step after an outage. */
  private backoff(attempts: number): number {
    const full = Math.min(this.settings.backoffMs * 2 ** attempts, this.settings.maxBackoffMs);
    return full / 2 + (Math.random() * full) / 2;
  }
}

function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
