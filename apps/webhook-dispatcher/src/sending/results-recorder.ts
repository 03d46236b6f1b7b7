import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { HealthRecorder } from '../endpoints/index.js';
import type { Observation } from '../endpoints/index.js';
import { DispatcherMetrics } from './dispatcher-metrics.js';
import { ResultsStore } from './results.store.js';
import type { SendingResult } from './results.store.js';
import { WakeUps } from './wake-ups.js';

const BATCH = 256;
/** How long a group waits for company before it is written. */
const GATHER_MS = 8;
const RETRY_MS = 500;

/** Writes results down in groups and sets the alarm for what must be tried again. */
@Injectable()
export class ResultsRecorder {
  private readonly logger = new Logger('results');
  private waiting: SendingResult[] = [];
  private writing: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly results: ResultsStore,
    private readonly health: HealthRecorder,
    private readonly wakeUps: WakeUps,
    private readonly metrics: DispatcherMetrics,
  ) {}

  /** Results that nobody has begun to write. */
  get pending(): number {
    return this.waiting.length;
  }

  add(result: SendingResult): void {
    this.waiting.push(result);
    this.writing ??= this.write();
  }

  /** From now on a failed write is not repeated: when the process ends, the leases bring the deliveries back. */
  stop(): void {
    this.stopping = true;
  }

  /** Resolves when all that was added is written, or given up. */
  async finish(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      await sleep(GATHER_MS);
      const results = this.waiting.splice(0, BATCH);
      try {
        await this.record(results);
      } catch (error) {
        this.logger.error(error, `${results.length} results are lost; the deliveries are sent again when their leases end`);
      }
    }
    this.writing = undefined;
  }

  /** By endpoint. */
  private observations(results: readonly SendingResult[]): Map<string, Observation[]> {
    const observations = new Map<string, Observation[]>();
    const at = this.health.now();
    for (const { claim, finding, attempt } of results) {
      const { endpointId, _id: deliveryId } = claim.delivery;
      if (endpointId === undefined || finding === undefined) continue;
      const observation = { finding, at, deliveryId, claim: claim.holder, isGone: attempt?.statusCode === 410 };
      const known = observations.get(endpointId);
      if (known) known.push(observation);
      else observations.set(endpointId, [observation]);
    }
    return observations;
  }

  private async record(results: readonly SendingResult[]): Promise<void> {
    await this.store(results);
    await this.health.note(this.observations(results));
    for (const { attempt, next } of results) {
      if (next.state !== 'scheduled') {
        this.metrics.count(next.state);
        continue;
      }
      this.metrics.count(attempt ? 'retry' : 'postponed');
      if (!this.stopping) this.wakeUps.at(next.at);
    }
    this.wakeUps.here();
  }

  /** @throws only when the process ends */
  private async store(results: readonly SendingResult[]): Promise<void> {
    for (;;) {
      try {
        await this.results.record(results, new Date());
        return;
      } catch (error) {
        if (this.stopping) throw error;
        this.logger.warn(`${results.length} results could not be written, trying again: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
  }
}
