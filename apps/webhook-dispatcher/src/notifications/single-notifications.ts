import { Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError, newPrefixedId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { SendIpnTestCommand, SendTransactionCommand } from '@paygate/messages';
import { TargetGuard } from '@paygate/nest-kit';
import { buildNotificationBody, newDeliveryId } from '@paygate/webhook-protocol';
import { endpointLane } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow } from '../deliveries/index.js';
import { checkedUrl, EndpointDirectory, EndpointsRepository, siteEndpointId } from '../endpoints/index.js';
import type { EndpointRow } from '../endpoints/index.js';
import { WakeUps } from '../sending/index.js';
import { SiteDirectory } from '../sites/index.js';
import { newDelivery, occasionOf } from './announced-change.js';
import type { DeliverySubject } from './announced-change.js';
import { NotificationRepository } from './notification.repository.js';
import { testContent, transactionContent } from './webhook-content.js';
import type { WebhookContent } from './webhook-content.js';

type About = Omit<DeliverySubject, 'occurredAt'>;

/** Notifications that no event caused: somebody asked for them. Each is in a lane of its own. */
@Injectable()
export class SingleNotifications {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: NotificationRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly directory: EndpointDirectory,
    private readonly sites: SiteDirectory,
    private readonly guard: TargetGuard,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable` for one of a site, `endpoint_disabled` */
  async testEndpoint(scope: TenantScope, endpointId: string): Promise<DeliveryRow> {
    const endpoint = await this.enabled(scope, endpointId);
    const now = new Date();
    const eventId = newPrefixedId('evt', now);
    return this.send(endpoint, eventId, testContent(occasionOf(endpoint, eventId), now), { eventVersion: 0, once: true }, now);
  }

  /** @throws DomainError as {@link testEndpoint}, and `notification_not_available` */
  async sendTransaction(scope: TenantScope, command: SendTransactionCommand): Promise<DeliveryRow> {
    const endpoint = await this.enabled(scope, command.endpointId);
    const now = new Date();
    const eventId = newPrefixedId('evt', now);
    const { siteId, checkoutId, transactionId, externalReference, status, eventVersion, amount, currency, payer, createdAt } = command;
    const facts = {
      transactionId,
      checkoutId,
      externalReference,
      status,
      amount,
      currency,
      payer,
      createdAt,
      occurredAt: command.updatedAt,
    };
    const content = transactionContent(occasionOf(endpoint, eventId), facts);
    if (!content) throw new DomainError('notification_not_available');
    return this.send(endpoint, eventId, content, { siteId, checkoutId, transactionId, externalReference, status, eventVersion }, now);
  }

  /** @throws DomainError `site_not_found`, `validation_failed` */
  async testIpn(scope: TenantScope, { siteId, url }: SendIpnTestCommand): Promise<DeliveryRow> {
    const { href, origin } = checkedUrl(url, this.guard);
    if (this.sites.organizationOf(siteId) !== scope.organizationId) throw new DomainError('site_not_found');
    const { organizationId, livemode } = scope;
    const receiver = { organizationId, livemode, siteId, origin };
    const endpointId = siteEndpointId(receiver);
    await this.directory.ensure(new Map([[endpointId, receiver]]));
    const now = new Date();
    const deliveryId = newPrefixedId('dlv', now);
    const messageId = newPrefixedId('evt', now);
    const body = buildNotificationBody({ family: 'site_ipn', version: 2, test: { deliveryId, occurredAt: now } });
    const referenceKey = endpointLane(endpointId, deliveryId);
    return this.store(
      { _id: messageId, organizationId, livemode, body, bodyVersion: 2, createdAt: now },
      newDelivery(
        {
          ...{ _id: deliveryId, organizationId, livemode, messageId, family: 'site_ipn', event: 'ipn.test' },
          ...{ endpointId, referenceKey, url: href, origin },
        },
        { siteId, eventVersion: 0, once: true, occurredAt: now },
        now,
      ),
    );
  }

  private async enabled(scope: TenantScope, endpointId: string): Promise<EndpointRow> {
    const endpoint = await this.endpoints.find(scope, endpointId);
    if (endpoint.family === 'site_ipn') throw new DomainError('endpoint_not_editable');
    if (endpoint.state === 'disabled') throw new DomainError('endpoint_disabled');
    return endpoint;
  }

  private send(endpoint: EndpointRow, eventId: string, content: WebhookContent, about: About, now: Date): Promise<DeliveryRow> {
    const { _id: endpointId, organizationId, livemode, family, url, origin } = endpoint;
    const deliveryId = newDeliveryId(now);
    const referenceKey = endpointLane(endpointId, deliveryId);
    return this.store(
      { _id: eventId, organizationId, livemode, body: content.body, createdAt: now },
      newDelivery(
        {
          ...{ _id: deliveryId, organizationId, livemode, messageId: eventId, family, event: content.event },
          ...{ endpointId, referenceKey, url, origin },
        },
        { ...about, occurredAt: now },
        now,
      ),
    );
  }

  private async store(message: MessageRow, delivery: DeliveryRow): Promise<DeliveryRow> {
    const changes = {
      messages: new Map([[message._id, message]]),
      deliveries: [delivery],
      references: [{ key: delivery.referenceKey, isNew: true, paid: false, transactions: [] }],
      superseded: [],
    };
    await this.transactions.run((session) => this.repository.write(session, changes, delivery.createdAt));
    this.wakeUps.now();
    return delivery;
  }
}
