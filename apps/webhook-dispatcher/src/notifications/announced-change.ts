import { newPrefixedId } from '@paygate/kernel';
import type { EndpointDisabled, EndpointFamily, RefundStatusChanged, TransactionStatusChanged } from '@paygate/messages';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { buildIpnBody, newDeliveryId } from '@paygate/webhook-protocol';
import type { IpnFacts, IpnVersion } from '@paygate/webhook-protocol';
import { endpointLane, impliesPayment, referenceKeyOf } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow } from '../deliveries/index.js';
import { siteEndpointId, subscribes } from '../endpoints/index.js';
import type { EndpointRow, SiteReceiver } from '../endpoints/index.js';
import type { StatusChange } from './place-change.js';
import { disabledEndpointContent, refundContent, transactionContent } from './webhook-content.js';
import type { WebhookContent, WebhookOccasion } from './webhook-content.js';

/** A status change in one lane, and the rows that tell of it there when there is somebody to tell. */
export interface Announcement {
  referenceKey: string;
  change: StatusChange;
  rows?: { message: MessageRow; delivery: DeliveryRow };
}

/** A status change before it is known which endpoints want to hear of it. */
export interface AnnouncedChange {
  eventId: string;
  organizationId: string;
  livemode: boolean;
  /** Everything that is announced in lanes that begin with this must be stored one after the other. */
  lane: string;
  /** What the site is told; undefined for what sites are not told of. */
  ipn?: Announcement;
  /** Who receives that, when there is an address. */
  receiver?: { endpointId: string; receiver: SiteReceiver };
  /** What one endpoint is told. @throws RangeError when the event does not fit into the family's body */
  announceTo: (endpoint: EndpointRow, now: Date) => Announcement | undefined;
}

/** What a delivery has from the start, whatever it says. */
export function newDelivery(
  now: Date,
): Pick<DeliveryRow, 'state' | 'attemptCount' | 'nextAttemptAt' | 'holder' | 'leaseUntil' | 'createdAt' | 'updatedAt'> {
  return { state: 'scheduled', attemptCount: 0, nextAttemptAt: now, holder: null, leaseUntil: null, createdAt: now, updatedAt: now };
}

/**
 * Prepares what will be stored. The delivery id and the bytes for the site are made here, once.
 * @param version undefined while the site's settings are unknown; the body is then written before the first attempt
 * @throws RangeError when the event breaks a limit of the public body
 */
export function announcedTransaction(
  event: ReceivedEvent<TransactionStatusChanged>,
  version: IpnVersion | undefined,
  now: Date,
): AnnouncedChange {
  const { id: eventId, payload } = event;
  const { organizationId, livemode, siteId, checkoutId, transactionId, status, eventVersion } = payload;
  const lane = referenceKeyOf(payload);
  const change = { transactionId, eventVersion, status };
  const externalReference = payload.externalReference || undefined;
  const occurredAt = new Date(payload.occurredAt);
  const about = { siteId, checkoutId, transactionId, externalReference, status, eventVersion, occurredAt };
  const announceTo = (endpoint: EndpointRow, at: Date): Announcement | undefined =>
    announcementTo(endpoint, transactionContent(occasionOf(endpoint, eventId), payload), { eventId, lane, change, about, now: at });
  const base = { eventId, organizationId, livemode, lane, announceTo };
  // The site is told nothing; of its order only a payment matters to others.
  if (!payload.ipnUrl) return { ...base, ipn: impliesPayment(status) ? { referenceKey: lane, change } : undefined };
  const deliveryId = newPrefixedId('dlv', now);
  const { sessionPublicId } = payload;
  const facts: IpnFacts = { transactionId, externalReference, status, deliveryId, eventVersion, occurredAt, sessionPublicId };
  const content = version ? { body: buildIpnBody(version, facts), bodyVersion: version } : { facts };
  const origin = originOf(payload.ipnUrl);
  const receiver: SiteReceiver = { organizationId, livemode, siteId, origin };
  const endpointId = siteEndpointId(receiver);
  const message: MessageRow = { _id: eventId, organizationId, livemode, ...content, createdAt: now };
  const delivery: DeliveryRow = {
    _id: deliveryId,
    ...{ organizationId, livemode, messageId: eventId, family: 'site_ipn', endpointId, referenceKey: lane },
    ...about,
    ...{ url: payload.ipnUrl, origin },
    ...newDelivery(now),
  };
  return { ...base, receiver: { endpointId, receiver }, ipn: { referenceKey: lane, change, rows: { message, delivery } } };
}

/** A refund has an order of its own beside that of its transaction. Sites are told by the transaction's status. */
export function announcedRefund({ id: eventId, payload }: ReceivedEvent<RefundStatusChanged>): AnnouncedChange {
  const { organizationId, livemode, refundId, siteId, transactionId, checkoutId, externalReference, status } = payload;
  const lane = `refund:${refundId}`;
  const eventVersion = status === 'pending' ? 1 : 2;
  const change = { transactionId: refundId, eventVersion };
  const occurredAt = new Date(payload.occurredAt);
  const about = { siteId, checkoutId, transactionId, refundId, externalReference, eventVersion, occurredAt };
  const announceTo = (endpoint: EndpointRow, at: Date): Announcement | undefined =>
    announcementTo(endpoint, refundContent(occasionOf(endpoint, eventId), payload), { eventId, lane, change, about, now: at });
  return { eventId, organizationId, livemode, lane, announceTo };
}

/** Each time is told for itself, whatever becomes of it: there is no order to keep. The endpoint itself would not hear of it. */
export function announcedDisabling({ id: eventId, payload }: ReceivedEvent<EndpointDisabled>): AnnouncedChange {
  const { organizationId, livemode, endpointId, siteId } = payload;
  const lane = `endpoint:${eventId}`;
  const change = { transactionId: eventId, eventVersion: 1 };
  const about = { siteId, eventVersion: 1, occurredAt: new Date(payload.disabledAt) };
  const announceTo = (endpoint: EndpointRow, at: Date): Announcement | undefined =>
    endpoint._id === endpointId
      ? undefined
      : announcementTo(endpoint, disabledEndpointContent(occasionOf(endpoint, eventId), payload), {
          ...{ eventId, lane, change, about, now: at },
        });
  return { eventId, organizationId, livemode, lane, announceTo };
}

export function occasionOf(endpoint: EndpointRow, eventId: string): WebhookOccasion {
  return { family: endpoint.family as EndpointFamily, merchantId: endpoint.merchantId ?? endpoint.organizationId, eventId };
}

type About = Pick<
  DeliveryRow,
  'siteId' | 'checkoutId' | 'transactionId' | 'refundId' | 'externalReference' | 'status' | 'eventVersion' | 'occurredAt'
>;

/** Undefined when the endpoint does not want the event. Endpoints that are told the same share one message. */
function announcementTo(
  endpoint: EndpointRow,
  content: WebhookContent | undefined,
  { eventId, lane, change, about, now }: { eventId: string; lane: string; change: StatusChange; about: About; now: Date },
): Announcement | undefined {
  if (!content || !subscribes(endpoint, content.event)) return undefined;
  const { _id: endpointId, organizationId, livemode, family, merchantId, url, origin } = endpoint;
  const messageId = [eventId, family, ...(merchantId === undefined ? [] : [merchantId])].join(':');
  const referenceKey = endpointLane(endpointId, lane);
  return {
    referenceKey,
    change,
    rows: {
      message: { _id: messageId, organizationId, livemode, body: content.body, createdAt: now },
      delivery: {
        _id: newDeliveryId(now),
        ...{ organizationId, livemode, messageId, family, event: content.event, endpointId, referenceKey },
        ...about,
        ...{ url, origin },
        ...newDelivery(now),
      },
    },
  };
}

/** An address that cannot be read fails when it is sent to, where the merchant sees it. */
function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return 'invalid';
  }
}
