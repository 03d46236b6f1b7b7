import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@paygate/nest-kit';
import type { NotificationFamily } from '@paygate/webhook-protocol';
import type { Exchange } from './http-exchange.js';

const OUTCOMES = ['delivered', 'retry', 'dead', 'superseded', 'postponed'] as const;

export type DeliveryOutcome = (typeof OUTCOMES)[number];

/** So that the question stays cheap, however many there are. */
export const DEAD_COUNTED_UP_TO = 10_000;

/** What operators see of deliveries. */
@Injectable()
export class DispatcherMetrics {
  private readonly outcomes;
  private readonly lag;
  private readonly duration;
  private readonly answers;
  private readonly backlog;
  private readonly age;
  private readonly deadLetters;
  private readonly states;
  private readonly pauses;

  constructor(registry: MetricsRegistry) {
    this.outcomes = registry.counter({
      name: 'paygate_deliveries_total',
      help: `Attempts and decisions about deliveries, by outcome: ${OUTCOMES.join(', ')}.`,
      labelNames: ['outcome'],
    });
    // A series that begins with its first event hides that event from rate().
    for (const outcome of OUTCOMES) this.outcomes.inc({ outcome }, 0);
    this.lag = registry.histogram({
      name: 'paygate_delivery_lag_seconds',
      help: 'Time from the status change of a transaction to the first attempt to tell the merchant.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
    });
    this.duration = registry.histogram({
      name: 'paygate_delivery_attempt_seconds',
      help: 'Time receivers took to answer.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    });
    this.answers = registry.counter({
      name: 'paygate_delivery_attempts_total',
      help: 'Attempts by family of notification and what came back: 2xx, 3xx, 4xx, 5xx, 410 and 429 by themselves, or why there was no answer.',
      labelNames: ['family', 'answer'],
    });
    this.backlog = registry.gauge({
      name: 'paygate_deliveries_due',
      help: 'Deliveries that are due and not on the wire, over all instances.',
    });
    this.age = registry.gauge({
      name: 'paygate_deliveries_oldest_due_seconds',
      help: 'Time since the longest waiting delivery became due, over all instances.',
    });
    this.deadLetters = registry.gauge({
      name: 'paygate_deliveries_dead',
      help: `Deliveries given up and still kept, over all instances, counted up to ${DEAD_COUNTED_UP_TO}.`,
    });
    this.states = registry.gauge({
      name: 'paygate_endpoints',
      help: 'Endpoints that are paused because their receiver is out of order, and that are disabled.',
      labelNames: ['state'],
    });
    this.pauses = registry.gauge({
      name: 'paygate_endpoint_paused',
      help: '1 for each endpoint that is paused at present.',
      labelNames: ['endpoint'],
    });
  }

  count(outcome: DeliveryOutcome, deliveries = 1): void {
    this.outcomes.inc({ outcome }, deliveries);
  }

  firstAttempt(occurredAt: Date, startedAt: Date): void {
    this.lag.observe(Math.max(0, startedAt.getTime() - occurredAt.getTime()) / 1000);
  }

  attempted(family: NotificationFamily, exchange: Exchange, durationMs: number): void {
    this.duration.observe(durationMs / 1000);
    this.answers.inc({ family, answer: 'error' in exchange ? exchange.error : answerClass(exchange.statusCode) });
  }

  /** @param oldest since when the longest waiting has been due */
  due(count: number, oldest: Date | undefined, now: Date): void {
    this.backlog.set(count);
    this.age.set(oldest ? Math.max(0, now.getTime() - oldest.getTime()) / 1000 : 0);
  }

  dead(count: number): void {
    this.deadLetters.set(count);
  }

  /** @param paused by their ids */
  endpoints(paused: readonly string[], disabled: number): void {
    this.states.set({ state: 'paused' }, paused.length);
    this.states.set({ state: 'disabled' }, disabled);
    this.pauses.reset();
    for (const endpoint of paused) this.pauses.set({ endpoint }, 1);
  }
}

/** 410 and 429 mean something of their own to us. */
function answerClass(status: number): string {
  return status === 410 || status === 429 ? String(status) : `${Math.floor(status / 100)}xx`;
}
