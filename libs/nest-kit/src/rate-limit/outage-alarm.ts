import { Logger } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import type { MetricsRegistry } from '../metrics/metrics-registry.js';

/** An outage is over when nothing has failed for this long; a server that stutters is one outage, not hundreds. */
const CALM_MS = 1_000;

/** Tells of an outage once when it begins and once when it is over, however many requests it touches. */
export class OutageAlarm {
  private readonly logger = new Logger('rate-limit');
  private readonly up: Gauge;
  private outage: { since: number; lastFailure: number; failures: number } | undefined;

  constructor(
    metrics: MetricsRegistry,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.up = metrics.gauge({ name: 'rate_limit_redis_up', help: '1 while rate limits can be checked in Redis, 0 during an outage.' });
    this.up.set(1);
  }

  failed(error: unknown): void {
    const now = this.now();
    if (this.outage === undefined) {
      this.outage = { since: now, lastFailure: now, failures: 0 };
      this.up.set(0);
      this.logger.error(`Redis is not usable, so requests cannot be counted: ${reasonOf(error)}`);
    }
    this.outage.lastFailure = now;
    this.outage.failures += 1;
  }

  /** A question was answered. */
  worked(): void {
    if (this.outage !== undefined && this.now() - this.outage.lastFailure >= CALM_MS) this.reconnected();
  }

  /** There is a new connection. */
  reconnected(): void {
    if (this.outage === undefined) return;
    const seconds = Math.round((this.now() - this.outage.since) / 1_000);
    this.logger.warn(`Redis is usable again after ${seconds} s and ${this.outage.failures} failures: limits apply`);
    this.outage = undefined;
    this.up.set(1);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to a name with several addresses has no message of its own.
  return error.message || ('code' in error ? String(error.code) : error.name);
}
