import type { TransactionView } from '@paygate/messages';
import { pendingRefundAmount, refundableAmount } from '@paygate/payments-domain';
import { MANUAL_PROVIDER } from './transaction.js';
import type { TransactionRecord } from './transaction.js';

/** A transaction as other services see it. Leaves out what only buyers need (the redirect) and what only we need (look-ups). */
export function presentTransaction(transaction: TransactionRecord): TransactionView {
  const { scope, redirectUrl: _redirectUrl, lookUps: _lookUps, nextLookUpAt: _nextLookUpAt, ...known } = transaction;
  const {
    refunds,
    chargebacks: _chargebacks,
    moneyVersion: _moneyVersion,
    deletedAt: _deletedAt,
    taxVersion: _taxVersion,
    ...given
  } = known;
  const { providerId, ...rest } = given;
  const { metadata, timeline, succeededAt, createdAt, updatedAt, ...plain } = rest;
  const isManual = providerId === MANUAL_PROVIDER;
  const isRefundable = plain.status === 'succeeded' && !isManual;
  return {
    ...plain,
    providerId: isManual ? undefined : providerId,
    livemode: scope.livemode,
    pendingRefundAmount: pendingRefundAmount(refunds),
    refundableAmount: isRefundable ? refundableAmount(plain.amount, refunds) : 0,
    metadata: { ...metadata },
    timeline: timeline.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    succeededAt: succeededAt?.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
