import type { TransactionView } from '@paygate/messages';
import { pendingRefundAmount, refundableAmount } from '@paygate/payments-domain';
import type { TransactionRecord } from './transaction.js';

/** A transaction as other services see it. Leaves out what only buyers need (the redirect) and what only we need (look-ups). */
export function presentTransaction(transaction: TransactionRecord): TransactionView {
  const { scope, redirectUrl: _redirectUrl, lookUps: _lookUps, nextLookUpAt: _nextLookUpAt, ...fields } = transaction;
  const { refunds, chargebacks: _chargebacks, moneyVersion: _moneyVersion, ...rest } = fields;
  const { metadata, timeline, succeededAt, createdAt, updatedAt, ...plain } = rest;
  const isRefundable = plain.status === 'succeeded';
  return {
    ...plain,
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
