import type { DeliveryDetail, DeliveryView } from '@paygate/messages';
import type { DeliveryDetailResponse, DeliveryResponse } from './dto/delivery.response.js';

/** Field by field: what the dispatcher adds to its view becomes part of the public API only on purpose. */
export function presentDelivery(view: DeliveryView): DeliveryResponse {
  return {
    deliveryId: view.deliveryId,
    family: view.family,
    endpointId: view.endpointId,
    event: view.event,
    transactionId: view.transactionId,
    refundId: view.refundId,
    checkoutId: view.checkoutId,
    siteId: view.siteId,
    externalReference: view.externalReference,
    status: view.status,
    eventVersion: view.eventVersion,
    url: view.url,
    state: view.state,
    attemptCount: view.attemptCount,
    lastStatusCode: view.lastStatusCode,
    lastError: view.lastError,
    nextAttemptAt: view.nextAttemptAt,
    deliveredAt: view.deliveredAt,
    createdAt: view.createdAt,
  };
}

export function presentDeliveryDetail(view: DeliveryDetail): DeliveryDetailResponse {
  return Object.assign(presentDelivery(view), { body: view.body, attempts: view.attempts });
}
