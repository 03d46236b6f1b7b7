import type { RefundView } from '@paygate/messages';
import type { RefundResponse } from './dto/refund.response.js';

/** Field by field: what main-backend adds to its view becomes part of the public API only on purpose. */
export function presentRefund(view: RefundView): RefundResponse {
  return {
    id: view.id,
    transactionId: view.transactionId,
    checkoutId: view.checkoutId,
    siteId: view.siteId,
    providerId: view.providerId,
    providerType: view.providerType,
    livemode: view.livemode,
    origin: view.origin,
    status: view.status,
    amount: view.amount,
    currency: view.currency,
    reason: view.reason,
    externalReference: view.externalReference,
    providerReference: view.providerReference,
    failure: view.failure,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
  };
}
