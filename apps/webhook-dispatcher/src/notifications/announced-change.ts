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
  /** What the site is told; undefined for what sites are not told of. */
  ipn?: Announcement;
  /** Who receives that, when there is an address. */
  receiver?: { endpointId: string; receiver: SiteReceiver };
  /** What one endpoint is told. @throws RangeError when the event does not fit into the family's body */
  announceTo: (endpoint: EndpointRow, now: Date) => Announcement | undefined;
}

/** What a delivery tells of. */
export type DeliverySubject = Pick<
  DeliveryRow,
  'siteId' | 'checkoutId' | 'transactionId' | 'refundId' | 'externalReference' | 'status' | 'eventVersion' | 'occurredAt' | 'once'
>;

/** Which message goes where. */
export type DeliveryRoute = Pick<
  DeliveryRow,
  '_id' | 'organizationId' | 'livemode' | 'messageId' | 'family' | 'event' | 'endpointId' | 'referenceKey' | 'url' | 'origin'
>;

/** A delivery before its first attempt. Spelled out field by field: one is made for every notification, and spreading takes many times longer. */
export function newDelivery(route: DeliveryRoute, about: DeliverySubject, now: Date): DeliveryRow {
  return {
    _id: route._id,
    organizationId: route.organizationId,
    livemode: route.livemode,
    messageId: route.messageId,
    family: route.family,
    endpointId: route.endpointId,
    referenceKey: route.referenceKey,
    event: route.event,
    siteId: about.siteId,
    checkoutId: about.checkoutId,
    transactionId: about.transactionId,
    refundId: about.refundId,
    externalReference: about.externalReference,
    status: about.status,
    eventVersion: about.eventVersion,
    occurredAt: about.occurredAt,
    url: route.url,
    origin: route.origin,
    state: 'scheduled',
    attemptCount: 0,
    once: about.once,
    nextAttemptAt: now,
    holder: null,
    leaseUntil: null,
    createdAt: now,
    updatedAt: now,
  };
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
  const base = { eventId, organizationId, livemode, announceTo };
  // The site is told nothing; of its order only a payment matters to others.
  if (!payload.ipnUrl) return { ...base, ipn: impliesPayment(status) ? { referenceKey: lane, change } : undefined };
  const deliveryId = newPrefixedId('dlv', now);
  const { ipnUrl: url, sessionPublicId } = payload;
  const facts: IpnFacts = { transactionId, externalReference, status, deliveryId, eventVersion, occurredAt, sessionPublicId };
  const message: MessageRow = {
    _id: eventId,
    organizationId,
    livemode,
    body: version && buildIpnBody(version, facts),
    bodyVersion: version,
    facts: version ? undefined : facts,
    createdAt: now,
  };
  const origin = originOf(url);
  const receiver: SiteReceiver = { organizationId, livemode, siteId, origin };
  const endpointId = siteEndpointId(receiver);
  const delivery = newDelivery(
    { _id: deliveryId, organizationId, livemode, messageId: eventId, family: 'site_ipn', endpointId, referenceKey: lane, url, origin },
    about,
    now,
  );
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
  return { eventId, organizationId, livemode, announceTo };
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
  return { eventId, organizationId, livemode, announceTo };
}

export function occasionOf(endpoint: EndpointRow, eventId: string): WebhookOccasion {
  return { family: endpoint.family as EndpointFamily, merchantId: endpoint.merchantId ?? endpoint.organizationId, eventId };
}

/** Undefined when the endpoint does not want the event. Endpoints that are told the same share one message. */
function announcementTo(
  endpoint: EndpointRow,
  content: WebhookContent | undefined,
  { eventId, lane, change, about, now }: { eventId: string; lane: string; change: StatusChange; about: DeliverySubject; now: Date },
): Announcement | undefined {
  if (!content || !subscribes(endpoint, content.event)) return undefined;
  const { _id: endpointId, organizationId, livemode, family, merchantId, url, origin } = endpoint;
  const messageId = [eventId, family, ...(merchantId === undefined ? [] : [merchantId])].join(':');
  const referenceKey = endpointLane(endpointId, lane);
  const _id = newDeliveryId(now);
  const route = { _id, organizationId, livemode, messageId, family, event: content.event, endpointId, referenceKey, url, origin };
  const message: MessageRow = { _id: messageId, organizationId, livemode, body: content.body, createdAt: now };
  return { referenceKey, change, rows: { message, delivery: newDelivery(route, about, now) } };
}

/** An address that cannot be read fails when it is sent to, where the merchant sees it. */
function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return 'invalid';
  }
}
