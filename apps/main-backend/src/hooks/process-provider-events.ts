import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { SERVICE_LOGGER, Sweep } from '@paygate/nest-kit';
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
export class ProcessProviderEvents extends Sweep<ProviderEventRecord> {
  constructor(
    private readonly events: ProviderEventsRepository,
    private readonly apply: ApplySubject,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    config: MainConfig,
  ) {
    super({ name: 'process-provider-events', everyMs: config.PROVIDER_EVENTS_EVERY_MS, lanes: LANES, logger });
  }

  protected claim(): Promise<ProviderEventRecord | undefined> {
    return this.events.claimDueOfAllTenants(this.clock.now(), LEASE_MS);
  }

  protected async handle(event: ProviderEventRecord): Promise<void> {
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
