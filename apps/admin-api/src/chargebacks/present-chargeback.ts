import type { ChargebackView } from '@paygate/messages';
import type { ChargebackResponse } from './dto/chargeback.response.js';

/** Field by field: what main-backend adds to its view becomes part of the public API only on purpose. */
export function presentChargeback(view: ChargebackView): ChargebackResponse {
  return {
    id: view.id,
    transactionId: view.transactionId,
    checkoutId: view.checkoutId,
    siteId: view.siteId,
    providerId: view.providerId,
    providerType: view.providerType,
    livemode: view.livemode,
    status: view.status,
    amount: view.amount,
    currency: view.currency,
    reason: view.reason,
    evidenceDueBy: view.evidenceDueBy,
    externalReference: view.externalReference,
    clientId: view.clientId,
    email: view.email,
    providerReference: view.providerReference,
    closedAt: view.closedAt,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
  };
}
