import type { BankReceiptView } from '@paygate/messages';
import type { BankReceiptResponse } from './dto/bank-receipt.response.js';

/** Field by field: what main-backend adds to its view becomes part of the public API only on purpose. */
export function presentBankReceipt(view: BankReceiptView): BankReceiptResponse {
  return {
    id: view.id,
    providerId: view.providerId,
    livemode: view.livemode,
    source: view.source,
    state: view.state,
    amount: view.amount,
    currency: view.currency,
    bookedOn: view.bookedOn,
    text: view.text,
    payerName: view.payerName,
    payerAccount: view.payerAccount,
    transactionId: view.transactionId,
    reason: view.reason,
    suggestions: view.suggestions,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
  };
}
