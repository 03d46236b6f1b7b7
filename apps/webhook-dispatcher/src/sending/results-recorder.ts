import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { MicroBatch } from '@paygate/data-kit';
import { HealthRecorder } from '../endpoints/index.js';
import type { Observation } from '../endpoints/index.js';
import { DispatcherMetrics } from './dispatcher-metrics.js';
import { ResultsStore } from './results.store.js';
import type { SendingResult } from './results.store.js';
import { WakeUps } from './wake-ups.js';

const BATCH = 256;
const GATHER_MS = 4;
const RETRY_MS = 500;

/** Writes results down in groups and sets the alarm for what must be tried again. */
@Injectable()
export class ResultsRecorder {
  private readonly logger = new Logger('results');
  private readonly batch = new MicroBatch<SendingResult>({ run: (results) => this.record(results), maxSize: BATCH, gatherMs: GATHER_MS });
  private stopping = false;

  constructor(
    private readonly store: ResultsStore,
    private readonly health: HealthRecorder,
    private readonly wakeUps: WakeUps,
    private readonly metrics: DispatcherMetrics,
  ) {}

  /** Results that are not yet written. */
  get pending(): number {
    return this.batch.size;
  }

  /** Resolves when the result is written, or given up because the process ends; the lease then brings the delivery back. */
  add(result: SendingResult): Promise<void> {
    return this.batch.add(result);
  }

  /** From now on a failed write is not repeated. */
  stop(): void {
    this.stopping = true;
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

  private async record(results: SendingResult[]): Promise<void> {
    for (;;) {
      try {
        await this.store.record(results, new Date());
        break;
      } catch (error) {
        if (this.stopping) throw error;
        this.logger.warn(`${results.length} results could not be written, trying again: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
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
}
