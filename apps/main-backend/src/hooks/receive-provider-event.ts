import { Inject, Injectable } from '@nestjs/common';
import { DomainError, TenantScope } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { ProviderGateway } from '../providers/index.js';
import type { ProviderEvent } from '../providers/index.js';
import { TransactionsRepository } from '../transactions/index.js';
import { ProcessProviderEvents } from './process-provider-events.js';
import { ProviderEventsRepository } from './provider-events.repository.js';

export interface ReceivedNotification {
  type: string;
  providerId: string;
  /** The exact bytes: signatures are computed over them. */
  rawBody: Buffer;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Takes a provider's notification in: verified, stored once, answered; the work follows. */
@Injectable()
export class ReceiveProviderEvent {
  constructor(
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly transactions: TransactionsRepository,
    private readonly events: ProviderEventsRepository,
    private readonly processing: ProcessProviderEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError webhook_payload_invalid for an unknown provider, a wrong type and a payment that is not of this
   *   provider account; webhook_signature_invalid
   */
  async execute({ type, providerId, rawBody, headers }: ReceivedNotification): Promise<void> {
    const account = this.configuration.account(providerId);
    if (account?.type !== type) throw new DomainError('webhook_payload_invalid', 'There is no such payment provider.');
    const events = await this.gateway.readEvents(account, rawBody, headers);
    const scope = TenantScope.of(account.organizationId, account.livemode);
    for (const event of events) await this.takeIn(scope, providerId, event);
    this.processing.wake();
  }

  private async takeIn(scope: TenantScope, providerId: string, { subject, ...event }: ProviderEvent): Promise<void> {
    if (!subject) return;
    if (subject.kind === 'payment') await this.requireOwn(scope, providerId, subject.payment.transactionId);
    await this.events.insertIfAbsent(scope, providerId, { ...event, subject }, this.clock.now());
  }

  private async requireOwn(scope: TenantScope, providerId: string, transactionId: string): Promise<void> {
    const transaction = await this.transactions.findById(scope, transactionId);
    if (transaction?.providerId !== providerId) {
      throw new DomainError('webhook_payload_invalid', 'The notification is about a payment this provider account does not have.');
    }
  }
}
