import type { CheckoutView } from '@paygate/messages';
import type { CheckoutResponse, CreatedCheckoutResponse } from './dto/checkout.response.js';

/** Shops read exactly these four. */
export function presentCreatedCheckout({ id, sessionPublicId, shortCode, paymentUrl }: CreatedCheckoutResponse): CreatedCheckoutResponse {
  return { id, sessionPublicId, shortCode, paymentUrl };
}

/** Field by field: what main-backend adds to its view becomes part of the public API only on purpose. */
export function presentCheckout(view: CheckoutView): CheckoutResponse {
  return {
    id: view.id,
    sessionPublicId: view.sessionPublicId,
    shortCode: view.shortCode,
    paymentUrl: view.paymentUrl,
    siteId: view.siteId,
    livemode: view.livemode,
    status: view.status,
    amount: view.amount,
    currency: view.currency,
    email: view.email,
    returnUrl: view.returnUrl,
    cancelUrl: view.cancelUrl,
    ipnUrl: view.ipnUrl,
    externalReference: view.externalReference,
    invoiceNumber: view.invoiceNumber,
    clientId: view.clientId,
    items: view.items,
    billingAddress: view.billingAddress,
    shippingAddress: view.shippingAddress,
    metadata: view.metadata,
    locale: view.locale,
    transactionId: view.transactionId,
    supersededBy: view.supersededBy,
    expiresAt: view.expiresAt,
    completedAt: view.completedAt,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
  };
}
