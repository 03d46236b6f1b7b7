import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import type { ProviderSubject } from '../providers/index.js';
import { ApplyProviderResult, ConsultProvider, TransactionsRepository } from '../transactions/index.js';
import type { ProviderEventRecord } from './provider-event.js';
import { ProviderEventsRepository } from './provider-events.repository.js';
import { retryDelayMs } from './retry-delay.js';

/** Notifications one instance processes at the same time. */
const LANES = 8;
/** Longer than any database transaction may take. */
const LEASE_MS = 60_000;
const LONGEST_ERROR = 500;

/**
 * Applies stored notifications. Runs at once when one arrives, and again and again for what failed or was left by a crash;
 * none is ever given up, because each may be the only word about a buyer's money.
 */
@Injectable()
export class ProcessProviderEvents implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly events: ProviderEventsRepository,
    private readonly apply: ApplyProviderResult,
    private readonly transactions: TransactionsRepository,
    private readonly consult: ConsultProvider,
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
      await this.events.markProcessed(scope, id, await this.applied(scope, providerId, subject), this.clock.now());
    } catch (error) {
      this.logger.error({ err: error, providerId, eventId, attempts }, 'a provider notification could not be processed; it is tried again');
      const dueAt = new Date(this.clock.now().getTime() + retryDelayMs(attempts));
      await this.events.markFailed(scope, id, dueAt, String(error).slice(0, LONGEST_ERROR));
    }
  }

  private async applied(scope: TenantScope, providerId: string, subject: ProviderSubject): Promise<string> {
    // Kept and tried again, so that whoever can apply it finds it: it is about money.
    if (subject.kind !== 'payment') throw new Error(`this version cannot apply news about a ${subject.kind}`);
    const { payment } = subject;
    if (payment.awaitsCompletion) return this.completed(scope, payment.transactionId);
    const { outcome } = await this.apply.execute({ scope, providerId, transactionId: payment.transactionId, payment, source: 'webhook' });
    return outcome;
  }

  /** Nobody may be waiting at a page of ours: a payment the buyer has agreed to is completed from here, too. */
  private async completed(scope: TenantScope, transactionId: string): Promise<string> {
    const transaction = await this.transactions.findById(scope, transactionId);
    if (!transaction) throw new DomainError('transaction_not_found');
    const { heard, transaction: current } = await this.consult.lookUp(transaction, 'webhook');
    if (heard === 'unknown') throw new DomainError('provider_error');
    return current.status === transaction.status ? 'unchanged' : 'moved';
  }
}
