import { buyerRedirectUrl, checkoutStatusAt, isTransactionUndecided } from '@paygate/payments-domain';
import type { Address } from '@paygate/messages';
import type { CheckoutRecord } from '../checkouts/index.js';
import { httpUrl } from '../html-pages/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { billingValuesOf } from './billing-form.js';
import { continuePath, pagePath, receiptPath } from './checkout-paths.js';
import type { CheckoutScreen, Notice, PaidPayment, PaymentChoice, PaymentForm } from './page-model.js';

/** Everything the state of a page depends on. */
export interface CheckoutFacts {
  readonly checkout: CheckoutRecord;
  /** The latest attempt, or the one that paid. */
  readonly transaction?: TransactionRecord;
  /** Short code of the checkout that replaced this one. */
  readonly newerShortCode?: string;
  readonly choices: readonly PaymentChoice[];
  /** Without choices here: in another country there are some. */
  readonly elsewhere?: boolean;
  /** The choice the merchant prefers. */
  readonly preferredId?: string;
  /** The buyer pays by a transfer of their own. */
  readonly byTransfer?: boolean;
  /** The merchant takes no payments at present. */
  readonly closed?: boolean;
  readonly now: Date;
}

/** What a buyer who opens the page sees. Decided from what is stored alone, so reloading or coming back is always safe. */
export function checkoutScreen(facts: CheckoutFacts): CheckoutScreen {
  const { checkout, transaction, newerShortCode, closed, now } = facts;
  switch (checkoutStatusAt(checkout.status, checkout.expiresAt, now)) {
    case 'open':
      if (closed) return { kind: 'closed', shopUrl: cancelUrlOf(checkout) };
      return { kind: 'open', form: paymentForm(facts), notice: noticeOf(transaction) };
    case 'processing':
      if (transaction?.status === 'pending_provider') return pendingScreen(facts, transaction);
      // An attempt the buyer has not finished is not finished any more; if it was meanwhile, its provider tells us.
      if (closed) return { kind: 'closed', shopUrl: cancelUrlOf(checkout) };
      return {
        kind: 'processing',
        continueUrl: transaction && continuePath(checkout.shortCode, transaction.id),
        unanswered: transaction !== undefined && transaction.providerReference === undefined,
      };
    case 'completed':
      return {
        kind: 'paid',
        paidAt: transaction?.succeededAt ?? checkout.completedAt,
        method: transaction?.paymentMethod,
        returnUrl: transaction && returnUrlOf(checkout, transaction.id),
        receiptUrl: transaction && receiptPath(checkout.shortCode),
      };
    case 'expired':
      // The bank is still deciding, and a late success completes the checkout.
      if (transaction?.status === 'pending_provider') return pendingScreen(facts, transaction);
      return {
        kind: 'expired',
        shopUrl: cancelUrlOf(checkout),
        undecided: transaction !== undefined && isTransactionUndecided(transaction.status),
      };
    case 'cancelled':
      return newerShortCode === undefined
        ? { kind: 'cancelled', shopUrl: cancelUrlOf(checkout) }
        : { kind: 'superseded', newerUrl: pagePath(newerShortCode) };
  }
}

/** What the receipt tells; undefined while nothing is paid. */
export function paidPayment({ checkout, transaction }: Pick<CheckoutFacts, 'checkout' | 'transaction'>): PaidPayment | undefined {
  if (checkout.status !== 'completed' || !transaction) return undefined;
  const { id, succeededAt, paymentMethod, refundedAmount } = transaction;
  return { transactionId: id, paidAt: succeededAt ?? checkout.completedAt, method: paymentMethod, refundedAmount };
}

function pendingScreen({ checkout, byTransfer }: CheckoutFacts, transaction: TransactionRecord): CheckoutScreen {
  const { id } = transaction;
  return {
    kind: 'pending',
    transactionId: id,
    returnUrl: returnUrlOf(checkout, id),
    transferUrl: byTransfer ? continuePath(checkout.shortCode, id) : undefined,
  };
}

/** The form as it is first shown: with what the last attempt or the order said, and the merchant's or the only choice chosen. */
export function paymentForm({ checkout, transaction, choices, elsewhere, preferredId }: CheckoutFacts): PaymentForm {
  const byId = (wanted: string | undefined) => choices.find(({ id }) => id === wanted);
  const only = choices.length === 1 ? choices[0] : undefined;
  const address = transaction?.billingAddress ?? checkout.billingAddress ?? countryAlone(checkout.shippingAddress);
  return {
    values: billingValuesOf(transaction?.email ?? checkout.email, address),
    business: Boolean(address?.company ?? address?.vatId),
    problems: [],
    choices,
    elsewhere,
    chosenId: (byId(transaction?.providerId) ?? byId(preferredId) ?? only)?.id,
    choiceMissing: false,
    canLeave: true,
  };
}

/** Most people are billed where they live, so the country of the parcel is a good start; the rest is theirs to say. */
function countryAlone(address: Address | undefined): Address | undefined {
  return address && { country: address.country };
}

function noticeOf(transaction: TransactionRecord | undefined): Notice | undefined {
  if (transaction?.status === 'failed') return { kind: 'failed', code: transaction.failure?.code };
  return transaction?.status === 'cancelled' ? { kind: 'cancelled' } : undefined;
}

/** Where the shop wants a buyer who has paid, or whose payment is on its way. */
export function returnUrlOf(checkout: Pick<CheckoutRecord, 'returnUrl'>, transactionId: string): string | undefined {
  return checkout.returnUrl === undefined ? undefined : httpUrl(buyerRedirectUrl(checkout.returnUrl, transactionId));
}

/** Where the shop wants a buyer who gives up; the latest attempt, if any, goes into the address. */
export function cancelUrlOf(checkout: Pick<CheckoutRecord, 'cancelUrl' | 'transactionId'>): string | undefined {
  return checkout.cancelUrl === undefined ? undefined : httpUrl(buyerRedirectUrl(checkout.cancelUrl, checkout.transactionId ?? ''));
}
