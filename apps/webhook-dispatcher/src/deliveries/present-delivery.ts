import type { DeliveryAttemptView, DeliveryDetail, DeliveryView } from '@paygate/messages';
import { ipnStatus } from '@paygate/webhook-protocol';
import type { AttemptRow } from './attempt.schema.js';
import type { DeliveryHistory } from './deliveries.repository.js';
import type { DeliveryRow } from './delivery.schema.js';

export function presentDelivery(row: DeliveryRow): DeliveryView {
  return {
    deliveryId: row._id,
    family: row.family,
    endpointId: row.endpointId,
    event: row.event,
    transactionId: row.transactionId,
    refundId: row.refundId,
    checkoutId: row.checkoutId,
    siteId: row.siteId,
    externalReference: row.externalReference,
    status: row.status && ipnStatus(row.status),
    eventVersion: row.eventVersion > 0 ? row.eventVersion : undefined,
    url: row.url,
    state: row.state,
    attemptCount: row.attemptCount,
    lastStatusCode: row.lastStatusCode ?? undefined,
    lastError: row.lastError ?? undefined,
    nextAttemptAt: row.nextAttemptAt?.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentHistory(history: DeliveryHistory): DeliveryDetail {
  return Object.assign(presentDelivery(history.delivery), { body: history.body ?? '', attempts: history.attempts.map(presentAttempt) });
}

function presentAttempt(row: AttemptRow): DeliveryAttemptView {
  return {
    number: row.number,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    statusCode: row.statusCode,
    error: row.error,
    responseBody: row.responseBody,
  };
}
