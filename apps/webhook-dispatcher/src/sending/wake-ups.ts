import { Inject, Injectable, Logger } from '@nestjs/common';
import { HealthRegistry } from '@paygate/nest-kit';
import { Queue, Worker } from 'bullmq';
import { SENDING_SETTINGS } from './sending-settings.js';
import type { SendingSettings } from './sending-settings.js';

const QUEUE = 'paygate-deliveries';
/** Deliveries that fall due within the same slice share one job. */
const SLICE_MS = 250;
const LOG_EVERY_MS = 10_000;

/**
 * The alarm clock of deliveries: BullMQ jobs that say "something is due now", to whichever instance hears them first.
 * A job names nothing and carries nothing. What is due is known by the database alone, so that a job that comes twice,
 * late, or not at all because Redis was emptied does no harm: the sweep finds what was forgotten.
 */
@Injectable()
export class WakeUps {
  private readonly logger = new Logger('wake-ups');
  private queue: Queue | undefined;
  private worker: Worker | undefined;
  private listener: () => void = () => undefined;
  private calling: Promise<void> | undefined;
  private calledAgain = false;
  private lastLogged = 0;

  constructor(
    @Inject(SENDING_SETTINGS) private readonly settings: SendingSettings,
    private readonly health: HealthRegistry,
  ) {}

  /** Listens from now on. Does not wait for Redis: without it the sweep does all the work. */
  start(listener: () => void): void {
    this.listener = listener;
    const url = this.settings.redisUrl;
    this.queue = new Queue(QUEUE, {
      // Fails soon while Redis is away; a wake-up that waits is worth nothing.
      connection: { url, maxRetriesPerRequest: 1 },
      skipWaitingForReady: true,
      skipMetasUpdate: true,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.worker = new Worker(
      QUEUE,
      () => {
        this.listener();
        return Promise.resolve();
      },
      { connection: { url, maxRetriesPerRequest: null } },
    );
    this.queue.on('error', (error) => this.complain(error));
    this.worker.on('error', (error) => this.complain(error));
    // Not critical: notifications go out without it, only later.
    this.health.register('redis', () => this.ping(), { critical: false });
  }

  /** Wakes this instance. */
  here(): void {
    this.listener();
  }

  /** Wakes some instance now. Calls made while one is under way are put together. */
  now(): void {
    if (this.calling) {
      this.calledAgain = true;
      return;
    }
    this.calling = this.add(undefined, 0).finally(() => {
      this.calling = undefined;
      if (!this.calledAgain) return;
      this.calledAgain = false;
      this.now();
    });
  }

  /** Wakes some instance at that time. */
  at(time: Date): void {
    const slice = Math.ceil(Math.max(time.getTime(), Date.now()) / SLICE_MS);
    void this.add(`due-${slice}`, slice * SLICE_MS - Date.now());
  }

  /** By force: a worker that has not yet reached Redis would wait for it for ever, and a wake-up that is cut off does no harm. */
  async stop(): Promise<void> {
    await Promise.allSettled([this.worker?.close(true), this.queue?.close()]);
  }

  private async add(jobId: string | undefined, delay: number): Promise<void> {
    try {
      await this.queue?.add('wake', {}, { delay, ...(jobId === undefined ? {} : { jobId }) });
    } catch (error) {
      this.complain(error);
      this.listener();
    }
  }

  private async ping(): Promise<void> {
    await this.queue?.getWaitingCount();
  }

  private complain(error: unknown): void {
    if (Date.now() - this.lastLogged < LOG_EVERY_MS) return;
    this.lastLogged = Date.now();
    this.logger.warn(`Redis is not usable; deliveries are found by the sweep instead: ${String(error)}`);
  }
}
