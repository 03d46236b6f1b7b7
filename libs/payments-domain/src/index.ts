export { CHECKOUT_STATUSES, CHECKOUT_TRANSITIONS, canCheckoutMove, checkoutStatusesBefore } from './checkout-status.js';
export type { CheckoutStatus } from './checkout-status.js';
export { KNOWN_ITEM_TYPES, canonicalItemType, sumOfItems } from './checkout-items.js';
export { judgeProviderWord } from './provider-word.js';
export type { ProviderWord, Verdict } from './provider-word.js';
export { buyerRedirectUrl } from './redirect-url.js';
export { TRANSACTION_STATUSES, TRANSACTION_TRANSITIONS, canTransactionMove, isTransactionUndecided } from './transaction-status.js';
export type { TransactionStatus } from './transaction-status.js';
