import type { BankReceiptView } from '@paygate/messages';
import type { BankReceiptRecord } from './bank-receipt.js';

/** Money that came in as other services see it. */
export function presentReceipt(receipt: BankReceiptRecord): BankReceiptView {
  const { scope, key: _key, unsettledSince: _unsettledSince, bookedOn, createdAt, updatedAt, suggestions, ...plain } = receipt;
  return {
    ...plain,
    livemode: scope.livemode,
    bookedOn: bookedOn.toISOString(),
    suggestions: [...suggestions],
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
