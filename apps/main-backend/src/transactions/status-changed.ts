import type { TransactionStatusChanged } from '@paygate/messages';
import type { TransactionStatus } from '@paygate/payments-domain';
import { MANUAL_PROVIDER } from './transaction.js';
import type { TransactionRecord } from './transaction.js';

/** The event that tells the other services of a transaction's new status. */
export function statusChanged(transaction: TransactionRecord, previousStatus?: TransactionStatus): TransactionStatusChanged {
  const { scope, id, checkoutId, siteId, providerId, sessionPublicId, status, eventVersion } = transaction;
  const { amount, currency, externalReference, invoiceNumber, ipnUrl, createdAt, updatedAt, billingAddress } = transaction;
  const payer = [billingAddress?.firstName, billingAddress?.lastName].filter(Boolean).join(' ');
  return {
    organizationId: scope.organizationId,
    livemode: scope.livemode,
    transactionId: id,
    checkoutId,
    siteId,
    providerId: providerId === MANUAL_PROVIDER ? undefined : providerId,
    sessionPublicId,
    status,
    previousStatus,
    eventVersion,
    amount,
    currency,
    occurredAt: updatedAt.toISOString(),
    createdAt: createdAt.toISOString(),
    payer: payer || undefined,
    externalReference,
    invoiceNumber,
    ipnUrl,
  };
}
