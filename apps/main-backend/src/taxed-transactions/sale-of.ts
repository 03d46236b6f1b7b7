import type { CheckoutRecord } from '../checkouts/index.js';
import type { Sale } from '../transaction-taxes/index.js';
import { MANUAL_PROVIDER } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';

/** What a transaction sold, and when its tax arose: when the payment began, or was made where it was recorded afterwards. */
export function saleOf(transaction: TransactionRecord, checkout: CheckoutRecord): { sale: Sale; at: Date } {
  const { amount, currency, billingAddress = checkout.billingAddress, createdAt, succeededAt, providerId } = transaction;
  const { items, shippingAddress } = checkout;
  const at = providerId === MANUAL_PROVIDER ? (succeededAt ?? createdAt) : createdAt;
  return { sale: { amount, currency, items, billingAddress, shippingAddress }, at };
}
