import { newPrefixedId } from '@paygate/kernel';
import type { TransactionStatusChanged } from '@paygate/messages';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { buildIpnBody } from '@paygate/webhook-protocol';
import type { IpnFacts, IpnVersion } from '@paygate/webhook-protocol';
import { referenceKeyOf } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow } from '../deliveries/index.js';

/** A status change, and the rows that tell the merchant of it when there is an address to tell. */
export interface AnnouncedChange {
  eventId: string;
  referenceKey: string;
  change: Pick<TransactionStatusChanged, 'transactionId' | 'eventVersion' | 'status'>;
  rows?: { message: MessageRow; delivery: DeliveryRow };
}

/**
 * Prepares what will be stored. The delivery id and the bytes are made here, once.
 * @param version undefined while the site's settings are unknown; the body is then written before the first attempt
 * @throws RangeError when the event breaks a limit of the public body
 */
export function announcedChange(
  event: ReceivedEvent<TransactionStatusChanged>,
  version: IpnVersion | undefined,
  now: Date,
): AnnouncedChange {
  const { payload } = event;
  const referenceKey = referenceKeyOf(payload);
  const { transactionId, eventVersion, status } = payload;
  const change = { transactionId, eventVersion, status };
  const base = { eventId: event.id, referenceKey, change };
  if (!payload.ipnUrl) return base;
  const deliveryId = newPrefixedId('dlv', now);
  const tenant = { organizationId: payload.organizationId, livemode: payload.livemode };
  const facts: IpnFacts = {
    transactionId,
    externalReference: payload.externalReference || undefined,
    status,
    deliveryId,
    eventVersion,
    occurredAt: new Date(payload.occurredAt),
    sessionPublicId: payload.sessionPublicId,
  };
  const content = version ? { body: buildIpnBody(version, facts), bodyVersion: version } : { facts };
  const message: MessageRow = { _id: event.id, ...tenant, ...content, createdAt: now };
  const delivery: DeliveryRow = {
    _id: deliveryId,
    ...tenant,
    messageId: event.id,
    family: 'site_ipn',
    referenceKey,
    siteId: payload.siteId,
    checkoutId: payload.checkoutId,
    transactionId,
    externalReference: facts.externalReference,
    status,
    eventVersion,
    occurredAt: facts.occurredAt,
    url: payload.ipnUrl,
    origin: originOf(payload.ipnUrl),
    state: 'scheduled',
    attemptCount: 0,
    nextAttemptAt: now,
    holder: null,
    leaseUntil: null,
    createdAt: now,
    updatedAt: now,
  };
  return { ...base, rows: { message, delivery } };
}

/** An address that cannot be read fails when it is sent to, where the merchant sees it. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'invalid';
}
