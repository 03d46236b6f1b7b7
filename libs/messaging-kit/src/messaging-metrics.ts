import { Inject, Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@paygate/nest-kit';

/** What operators see of the messages: labels are subjects, which are few and fixed. */
@Injectable()
export class MessagingMetrics {
  private readonly requests;
  private readonly handled;
  private readonly failed;
  private readonly dead;

  constructor(@Inject(MetricsRegistry) registry: MetricsRegistry) {
    this.requests = registry.histogram({
      name: 'paygate_rpc_duration_seconds',
      help: 'Time from request to answer, by side (client, server), subject and outcome (ok or error code).',
      labelNames: ['side', 'subject', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
    this.handled = registry.counter({
      name: 'paygate_events_handled_total',
      help: 'Events handled and acknowledged.',
      labelNames: ['subject'],
    });
    this.failed = registry.counter({
      name: 'paygate_events_failed_total',
      help: 'Failed tries to handle an event; most are tried again.',
      labelNames: ['subject'],
    });
    this.dead = registry.counter({
      name: 'paygate_events_dead_total',
      help: 'Events given up and kept as dead letters.',
      labelNames: ['subject'],
    });
  }

  /** Starts the clock of one request; the returned function stops it. */
  startRequest(side: 'client' | 'server', subject: string): (outcome: string) => void {
    const started = performance.now();
    return (outcome) => this.requests.observe({ side, subject, outcome }, (performance.now() - started) / 1000);
  }

  eventsHandled(subject: string, count: number): void {
    this.handled.inc({ subject }, count);
  }

  eventFailed(subject: string): void {
    this.failed.inc({ subject });
  }

  eventDead(subject: string): void {
    this.dead.inc({ subject });
  }
}
