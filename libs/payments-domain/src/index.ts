export { checkoutAfterAttempt, checkoutStatusAt } from './checkout-after-attempt.js';
export type { FollowingCheckout } from './checkout-after-attempt.js';
export { CHECKOUT_STATUSES, CHECKOUT_TRANSITIONS, canCheckoutMove, checkoutStatusesBefore } from './checkout-status.js';
export type { CheckoutStatus } from './checkout-status.js';
export { canChargebackMove, CHARGEBACK_STATUSES, CHARGEBACK_TRANSITIONS, isChargebackOpen, takesMoney } from './chargeback.js';
export type { ChargebackStatus } from './chargeback.js';
export { KNOWN_ITEM_TYPES, canonicalItemType, sumOfItems } from './checkout-items.js';
export { lookUpDelayMs, NEVER_RECEIVED_AFTER_MS } from './look-up-schedule.js';
export { isPaid, paidStatus } from './paid-status.js';
export type { PaidStatus } from './paid-status.js';
export { chargebackNewsHolds, refundNewsHolds } from './provider-news.js';
export type { Standing } from './provider-news.js';
export { judgeProviderPayment } from './provider-payment.js';
export type { PaymentVerdict, RecordedPayment, ReportedPayment } from './provider-payment.js';
export { judgeProviderWord } from './provider-word.js';
export type { ProviderWord, Verdict } from './provider-word.js';
export { buyerRedirectUrl } from './redirect-url.js';
export { canRefundMove, pendingRefundAmount, REFUND_STATUSES, REFUND_TRANSITIONS, refundableAmount, refundedAmount } from './refund.js';
export type { RefundPart, RefundStatus } from './refund.js';
export { TRANSACTION_STATUSES, TRANSACTION_TRANSITIONS, canTransactionMove, isTransactionUndecided } from './transaction-status.js';
export type { TransactionStatus } from './transaction-status.js';
export { checkCredentials, maskCredentials } from './provider-types/credentials.js';
export type { CredentialCheck, Credentials } from './provider-types/credentials.js';
export type { CredentialField } from './provider-types/credential-field.js';
export { PROVIDER_TYPES, providerType } from './provider-types/provider-types.js';
export type { ProviderType } from './provider-types/provider-types.js';
export { epcText } from './bank-transfers/epc-text.js';
export type { SepaTransfer } from './bank-transfers/epc-text.js';
export { LISTING_REASONS, matchReceipt, mayReceive, RECEIPT_SOURCES, receivedState } from './bank-transfers/match-receipt.js';
export type { IncomingMoney, ListingReason, MatchCandidate, MatchVerdict, ReceiptSource } from './bank-transfers/match-receipt.js';
export { findTransferReferences, isTransferReference, spacedReference, transferReference } from './bank-transfers/transfer-reference.js';
export { isIban } from './provider-types/iban.js';
export { methodsOfProviderType, PAYMENT_METHODS } from './provider-types/payment-methods.js';
export type { PaymentMethod } from './provider-types/payment-methods.js';
export { nextAfterRefusal, routePayment } from './routing.js';
export type {
  OnRefusal,
  ProviderStanding,
  RoutableProvider,
  Route,
  RouteCandidate,
  RouteExclusion,
  RoutingCondition,
  RoutingContext,
  RoutingRule,
  RuleMiss,
} from './routing.js';
export { problemsOfRoutingRules } from './routing-rule-check.js';
export type { RoutingRuleProblem } from './routing-rule-check.js';
export { afterCall, beginTrial, HEALTH_WINDOW_MS, LONGEST_PAUSE_MS, recentCalls, standingOf, UNKNOWN_HEALTH } from './provider-health.js';
export type { ProviderHealth } from './provider-health.js';
export { buyerKeys, HOLD_ACTIONS, HOLD_REASONS, judgeHolds } from './customer-risk.js';
export type { Buyer, HoldAction, HoldReason, HoldVerdict } from './customer-risk.js';
