import type { CheckoutView } from '@paygate/messages';
import { checkoutStatusAt } from '@paygate/payments-domain';
import type { CheckoutRecord } from './checkout.js';

/** A checkout as other services see it. */
export function presentCheckout(checkout: CheckoutRecord, paymentUrl: string, now: Date): CheckoutView {
  const { scope, items, metadata, expiresAt, completedAt, createdAt, updatedAt, status, ...fields } = checkout;
  return {
    ...fields,
    livemode: scope.livemode,
    status: checkoutStatusAt(status, expiresAt, now),
    items: [...items],
    metadata: { ...metadata },
    paymentUrl,
    expiresAt: expiresAt.toISOString(),
    completedAt: completedAt?.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
