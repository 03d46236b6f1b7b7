import type { ChargebackStatusChanged } from '@paygate/messages';
import type { ChargebackStatus } from '@paygate/payments-domain';
import type { ChargebackRecord } from './chargeback.js';

/** The event that tells the other services of a chargeback's new status. */
export function statusChanged(chargeback: ChargebackRecord, previousStatus?: ChargebackStatus): ChargebackStatusChanged {
  const { scope, id, transactionId, siteId, providerId, status, amount, currency, clientId, email, externalReference, updatedAt } =
    chargeback;
  return {
    organizationId: scope.organizationId,
    livemode: scope.livemode,
    chargebackId: id,
    transactionId,
    siteId,
    providerId,
    status,
    previousStatus,
    amount,
    currency,
    occurredAt: updatedAt.toISOString(),
    clientId,
    email,
    externalReference,
  };
}
