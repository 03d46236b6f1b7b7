import type { DeliveryView, TransactionView } from '@paygate/messages';
import { presentChargeback } from '../chargebacks/index.js';
import { presentRefund } from '../refunds/index.js';
import type { IpnSummaryResponse, TransactionDetailResponse, TransactionResponse } from './dto/transaction.response.js';
import type { WholeTransaction } from './get-transaction.js';

/** Field by field: what main-backend adds to its view becomes part of the public API only on purpose. */
export function presentTransaction(view: TransactionView): TransactionResponse {
  return {
    id: view.id,
    checkoutId: view.checkoutId,
    sessionPublicId: view.sessionPublicId,
    siteId: view.siteId,
    providerId: view.providerId,
    providerType: view.providerType,
    livemode: view.livemode,
    status: view.status,
    amount: view.amount,
    currency: view.currency,
    receivedAmount: view.receivedAmount,
    receivedDifference: view.receivedAmount === undefined ? undefined : view.receivedAmount - view.amount,
    refundedAmount: view.refundedAmount,
    pendingRefundAmount: view.pendingRefundAmount,
    refundableAmount: view.refundableAmount,
    externalReference: view.externalReference,
    invoiceNumber: view.invoiceNumber,
    clientId: view.clientId,
    email: view.email,
    billingAddress: view.billingAddress,
    metadata: view.metadata,
    providerReference: view.providerReference,
    paymentMethod: view.paymentMethod,
    failure: view.failure,
    ipnUrl: view.ipnUrl,
    eventVersion: view.eventVersion,
    timeline: view.timeline,
    succeededAt: view.succeededAt,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
  };
}

export function presentTransactionDetail(whole: WholeTransaction): TransactionDetailResponse {
  const { transaction, refunds, chargebacks, latestDelivery } = whole;
  return Object.assign(presentTransaction(transaction), {
    refunds: refunds.map(presentRefund),
    chargebacks: chargebacks.map(presentChargeback),
    tax: transaction.tax ?? null,
    ipn: latestDelivery ? presentIpn(latestDelivery) : null,
  });
}

function presentIpn(delivery: DeliveryView): IpnSummaryResponse {
  return {
    deliveryId: delivery.deliveryId,
    state: delivery.state,
    url: delivery.url,
    status: delivery.status,
    attemptCount: delivery.attemptCount,
    lastStatusCode: delivery.lastStatusCode,
    lastError: delivery.lastError,
    nextAttemptAt: delivery.nextAttemptAt,
    deliveredAt: delivery.deliveredAt,
  };
}
