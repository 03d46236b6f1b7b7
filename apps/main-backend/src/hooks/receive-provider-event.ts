import { Inject, Injectable } from '@nestjs/common';
import { DomainError, TenantScope } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { ProviderGateway } from '../providers/index.js';
import type { ProviderAccount, ProviderEvent, ProviderSubject } from '../providers/index.js';
import { ApplySubject } from './apply-subject.js';
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
    private readonly subjects: ApplySubject,
    private readonly events: ProviderEventsRepository,
    private readonly processing: ProcessProviderEvents,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @throws DomainError webhook_payload_invalid for an unknown provider, a wrong type and when everything in it is about
   *   payments this provider account does not have here; webhook_signature_invalid; service_unavailable when the
   *   provider has to send it again
   */
  async execute({ type, providerId, rawBody, headers }: ReceivedNotification): Promise<void> {
    const account = this.configuration.account(providerId);
    if (account?.type !== type) {
      this.logger.warn({ providerId, providerType: type }, 'a notification names a payment provider that is not here');
      throw new DomainError('webhook_payload_invalid', 'There is no such payment provider.');
    }
    const told = (await this.read(account, rawBody, headers)).filter(hasSubject);
    const scope = TenantScope.of(account.organizationId, account.livemode);
    const { own, unplaced } = await this.sort(scope, providerId, told);
    if (own.length === 0 && told.length > 0) {
      throw new DomainError('webhook_payload_invalid', 'The notification is about a payment this provider account does not have.');
    }
    for (const event of [...own, ...unplaced]) await this.events.insertIfAbsent(scope, providerId, event, this.clock.now());
    this.processing.wake();
  }

  private async read(
    account: ProviderAccount,
    rawBody: Buffer,
    headers: ReceivedNotification['headers'],
  ): Promise<readonly ProviderEvent[]> {
    try {
      return await this.gateway.readEvents(account, rawBody, headers);
    } catch (error) {
      this.logger.warn({ err: error, providerId: account.id, providerType: account.type }, 'a notification was not taken');
      // Its sender only has to know that it should come again.
      throw error instanceof DomainError && error.code === 'provider_error' ? new DomainError('service_unavailable') : error;
    }
  }

  /**
   * A merchant may use its account at the provider elsewhere, too, and one notification may bring events of both. What names a
   * payment only by the provider's id may still be ours, when the answer that brings that id has not arrived: it is `unplaced`.
   */
  private async sort(scope: TenantScope, providerId: string, told: readonly ToldEvent[]): Promise<Sorted> {
    const sorted: Sorted = { own: [], unplaced: [] };
    for (const event of told) {
      if (await this.subjects.isOurs(scope, providerId, event.subject)) {
        sorted.own.push(event);
        continue;
      }
      this.logger.warn({ providerId, eventId: event.id, type: event.type }, 'a notification is about a payment that is not here');
      if (!namesTransaction(event.subject)) sorted.unplaced.push(event);
    }
    return sorted;
  }
}

interface Sorted {
  readonly own: ToldEvent[];
  readonly unplaced: ToldEvent[];
}

type ToldEvent = ProviderEvent & { readonly subject: ProviderSubject };

function hasSubject(event: ProviderEvent): event is ToldEvent {
  return event.subject !== undefined;
}

function namesTransaction(subject: ProviderSubject): boolean {
  switch (subject.kind) {
    case 'payment':
    case 'receipt':
      return true;
    case 'refund':
      return subject.refund.transactionId !== undefined;
    case 'dispute':
      return subject.dispute.transactionId !== undefined;
  }
}
