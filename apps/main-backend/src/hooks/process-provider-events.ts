import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { ApplySubject } from './apply-subject.js';
import type { ProviderEventRecord } from './provider-event.js';
import { ProviderEventsRepository } from './provider-events.repository.js';
import { retryDelayMs } from './retry-delay.js';

/** Notifications one instance processes at the same time. */
const LANES = 8;
/** Longer than any database transaction may take. */
const LEASE_MS = 60_000;
const LONGEST_ERROR = 500;
/** By then every payment of ours has its provider's id; what names another one is of payments made elsewhere. */
const PLACED_WITHIN_MS = 3 * 24 * 3_600_000;

/**
 * Applies stored notifications. Runs at once when one arrives, and again and again for what failed or was left by a crash;
 * none about a payment of ours is ever given up, because each may be the only word about a buyer's money.
 */
@Injectable()
export class ProcessProviderEvents implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly events: ProviderEventsRepository,
    private readonly apply: ApplySubject,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    config: MainConfig,
  ) {
    const run = async (signal: AbortSignal): Promise<void> => {
      await this.execute(signal);
    };
    this.task = new PeriodicTask({ name: 'process-provider-events', everyMs: config.PROVIDER_EVENTS_EVERY_MS, run, logger });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  wake(): void {
    this.task.wake();
  }

  /** Processes everything that is due now. @returns how many events it processed */
  async execute(signal?: AbortSignal): Promise<number> {
    const lanes = await Promise.all(Array.from({ length: LANES }, () => this.drain(signal)));
    return lanes.reduce((sum, done) => sum + done, 0);
  }

  private async drain(signal?: AbortSignal): Promise<number> {
    for (let done = 0; ; done++) {
      if (signal?.aborted) return done;
      const event = await this.events.claimDueOfAllTenants(this.clock.now(), LEASE_MS);
      if (!event) return done;
      await this.process(event);
    }
  }

  private async process(event: ProviderEventRecord): Promise<void> {
    const { id, scope, providerId, eventId, subject, attempts } = event;
    try {
      await this.events.markProcessed(scope, id, await this.apply.execute(scope, providerId, subject), this.clock.now());
    } catch (error) {
      if (this.isOfElsewhere(event, error)) {
        await this.events.markProcessed(scope, id, 'not_here', this.clock.now());
        return;
      }
      this.logger.error({ err: error, providerId, eventId, attempts }, 'a provider notification could not be processed; it is tried again');
      const dueAt = new Date(this.clock.now().getTime() + retryDelayMs(attempts));
      await this.events.markFailed(scope, id, dueAt, String(error).slice(0, LONGEST_ERROR));
    }
  }

  private isOfElsewhere({ receivedAt }: ProviderEventRecord, error: unknown): boolean {
    const isUnknown = error instanceof DomainError && error.code === 'transaction_not_found';
    return isUnknown && this.clock.now().getTime() - receivedAt.getTime() > PLACED_WITHIN_MS;
  }
}
