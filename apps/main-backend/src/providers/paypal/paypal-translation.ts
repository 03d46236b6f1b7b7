import { isObjectId } from '@paygate/kernel';
import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';
import { dateIn, isObject, listIn, objectIn, textIn, webAddressIn } from '../json-reading.js';
import type { PaymentRequest, ProviderDispute, ProviderPayment, ProviderRefund } from '../provider-adapter.js';
import { fromPaypalMoney } from './paypal-amount.js';
import type { PaypalMoney } from './paypal-amount.js';

const ORDER_WORDS: Readonly<Record<string, ProviderWord>> = {
  CREATED: 'requires_buyer',
  SAVED: 'requires_buyer',
  PAYER_ACTION_REQUIRED: 'requires_buyer',
  APPROVED: 'requires_buyer',
  VOIDED: 'cancelled',
};
/** What was refunded had been paid; the refunds say the rest. */
const CAPTURE_WORDS: Readonly<Record<string, ProviderWord>> = {
  COMPLETED: 'succeeded',
  PARTIALLY_REFUNDED: 'succeeded',
  REFUNDED: 'succeeded',
  PENDING: 'pending',
  DECLINED: 'failed',
  DENIED: 'failed',
  FAILED: 'failed',
};
const REFUND_WORDS: Readonly<Record<string, RefundStatus>> = {
  COMPLETED: 'succeeded',
  PENDING: 'pending',
  FAILED: 'failed',
  CANCELLED: 'failed',
};
const DISPUTE_WORDS: Readonly<Record<string, ChargebackStatus>> = {
  OPEN: 'open',
  WAITING_FOR_BUYER_RESPONSE: 'open',
  WAITING_FOR_SELLER_RESPONSE: 'open',
  UNDER_REVIEW: 'under_review',
};
/** `NONE`: closed without a decision, usually because another case over the same payment took its place. */
const OUTCOME_WORDS: Readonly<Record<string, ChargebackStatus>> = {
  RESOLVED_BUYER_FAVOUR: 'lost',
  RESOLVED_SELLER_FAVOUR: 'won',
  CANCELED_BY_BUYER: 'won',
  ACCEPTED: 'lost',
  DENIED: 'won',
  NONE: 'won',
};
/** Of several captures of one order the one that took the money counts. */
const CAPTURE_RANK: readonly ProviderWord[] = ['succeeded', 'pending', 'failed'];

const REFUND_MARK = 'refund_';

/** The order that asks for a payment. @param money the amount as PayPal writes it */
export function orderBody({ transactionId, description, returnUrl, email, locale, shop }: PaymentRequest, money: PaypalMoney): object {
  return {
    intent: 'CAPTURE',
    purchase_units: [
      // PayPal takes money once for an invoice id, also when it has forgotten the id of the request.
      { custom_id: transactionId, invoice_id: transactionId, description: description.slice(0, 127), amount: money },
    ],
    payment_source: {
      paypal: {
        email_address: email,
        experience_context: {
          return_url: returnUrl,
          cancel_url: returnUrl,
          brand_name: shop?.slice(0, 127),
          locale: locale !== undefined && /^[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/.test(locale) ? locale : undefined,
          shipping_preference: 'NO_SHIPPING',
          user_action: 'PAY_NOW',
        },
      },
    },
  };
}

/** An order as PayPal writes it; undefined when it cannot be read, or was not made by us. */
export function readOrder(order: unknown): ProviderPayment | undefined {
  const unit = listIn(order, 'purchase_units')?.[0];
  const capture = decidingCapture(unit);
  const reference = textIn(order, 'id');
  const status = textIn(order, 'status');
  const transactionId = textIn(unit, 'custom_id');
  const money = fromPaypalMoney(objectIn(capture ?? unit, 'amount'));
  if (reference === undefined || status === undefined || transactionId === undefined || !money) return undefined;
  const word = capture ? captureWord(textIn(capture, 'status')) : known(ORDER_WORDS, status, 'pending');
  return {
    reference,
    transactionId,
    word,
    ...money,
    redirectUrl: word === 'requires_buyer' && status !== 'APPROVED' ? approvalLink(order) : undefined,
    awaitsCompletion: word === 'requires_buyer' && status === 'APPROVED' ? true : undefined,
    method: readMethod(objectIn(order, 'payment_source')),
    failure: word === 'failed' ? captureFailure(capture) : undefined,
  };
}

/** The capture of an order that took the money, by id. */
export function paidCaptureOf(order: unknown): string | undefined {
  const capture = decidingCapture(listIn(order, 'purchase_units')?.[0]);
  return captureWord(textIn(capture, 'status')) === 'succeeded' ? textIn(capture, 'id') : undefined;
}

/** Every refund PayPal shows with an order. */
export function refundsIn(order: unknown): readonly unknown[] {
  return listIn(objectIn(listIn(order, 'purchase_units')?.[0], 'payments'), 'refunds') ?? [];
}

/** To which of our payments a capture belongs; undefined when it is not one of ours. */
export function captureOwner(capture: unknown): { orderId: string; transactionId: string } | undefined {
  const orderId = textIn(objectIn(objectIn(capture, 'supplementary_data'), 'related_ids'), 'order_id');
  const transactionId = textIn(capture, 'custom_id');
  return orderId !== undefined && isObjectId(transactionId) ? { orderId, transactionId } : undefined;
}

/** The mark that tells our refunds from those made at PayPal's own pages, which carry the payment's. */
export function refundMark(refundId: string): string {
  return `${REFUND_MARK}${refundId}`;
}

/** A refund as PayPal writes it; undefined when it cannot be read. */
export function readRefund(refund: unknown, of: { paymentReference: string; transactionId?: string }): ProviderRefund | undefined {
  const reference = textIn(refund, 'id');
  const money = fromPaypalMoney(objectIn(refund, 'amount'));
  const occurredAt = dateIn(refund, 'update_time') ?? dateIn(refund, 'create_time');
  if (reference === undefined || !money || !occurredAt) return undefined;
  const mark = textIn(refund, 'custom_id');
  const word = known(REFUND_WORDS, textIn(refund, 'status') ?? '', 'pending');
  const reason = textIn(objectIn(refund, 'status_details'), 'reason');
  return {
    reference,
    refundId: mark?.startsWith(REFUND_MARK) ? mark.slice(REFUND_MARK.length) : undefined,
    ...of,
    word,
    ...money,
    occurredAt,
    failure: word === 'failed' ? { code: code(reason ?? 'refund_failed'), message: 'PayPal could not carry the refund out.' } : undefined,
  };
}

/** The capture a refund took its money from, by id. PayPal says so in a link only. */
export function refundedCapture(refund: unknown): string | undefined {
  const up = (listIn(refund, 'links') ?? []).find((link) => textIn(link, 'rel') === 'up');
  return /\/captures\/([A-Za-z0-9-]+)$/.exec(textIn(up, 'href') ?? '')?.[1];
}

/** A dispute as PayPal writes it; undefined when it cannot be read. */
export function readDispute(dispute: unknown, of: { paymentReference: string; transactionId?: string }): ProviderDispute | undefined {
  const reference = textIn(dispute, 'dispute_id');
  const money = fromPaypalMoney(objectIn(dispute, 'dispute_amount'));
  const occurredAt = dateIn(dispute, 'update_time') ?? dateIn(dispute, 'create_time');
  if (reference === undefined || !money || !occurredAt) return undefined;
  return {
    reference,
    ...of,
    word: disputeWord(dispute),
    ...money,
    reason: textIn(dispute, 'reason'),
    evidenceDueBy: dateIn(dispute, 'seller_response_due_date'),
    occurredAt,
  };
}

/** The capture a dispute is about, by id. */
export function disputedCapture(dispute: unknown): string | undefined {
  return textIn(listIn(dispute, 'disputed_transactions')?.[0], 'seller_transaction_id');
}

/** One that is resolved in a way we do not know counts as undecided. */
function disputeWord(dispute: unknown): ChargebackStatus {
  const status = textIn(dispute, 'status') ?? '';
  if (status !== 'RESOLVED') return known(DISPUTE_WORDS, status, 'open');
  const outcome = textIn(objectIn(dispute, 'dispute_outcome'), 'outcome_code') ?? '';
  if (outcome === 'RESOLVED_WITH_PAYOUT') return tookFromSeller(dispute) ? 'lost' : 'won';
  return known(OUTCOME_WORDS, outcome, 'under_review');
}

/** `RESOLVED_WITH_PAYOUT` does not say who paid: PayPal may have done so itself. */
function tookFromSeller(dispute: unknown): boolean {
  const taken = (listIn(dispute, 'money_movements') ?? [])
    .filter((movement) => textIn(movement, 'affected_party') === 'SELLER')
    .reduce<number>((sum, movement) => {
      const amount = fromPaypalMoney(objectIn(movement, 'amount'))?.amount ?? 0;
      return sum + (textIn(movement, 'type') === 'DEBIT' ? amount : -amount);
    }, 0);
  return taken > 0;
}

function decidingCapture(unit: unknown): unknown {
  const captures = listIn(objectIn(unit, 'payments'), 'captures') ?? [];
  const rank = (capture: unknown): number => CAPTURE_RANK.indexOf(captureWord(textIn(capture, 'status')));
  return [...captures].sort((one, other) => rank(one) - rank(other))[0];
}

function captureWord(status: string | undefined): ProviderWord {
  return known(CAPTURE_WORDS, status ?? '', 'pending');
}

function captureFailure(capture: unknown): { code: string; message: string } {
  const reason = textIn(objectIn(capture, 'status_details'), 'reason');
  return { code: code(reason ?? 'capture_declined'), message: 'PayPal declined the payment.' };
}

function approvalLink(order: unknown): string | undefined {
  const links = listIn(order, 'links') ?? [];
  const link = ['payer-action', 'approve'].map((rel) => links.find((candidate) => textIn(candidate, 'rel') === rel)).find(isObject);
  return webAddressIn(link, 'href');
}

function readMethod(source: object): ProviderPayment['method'] {
  const [type] = Object.keys(source);
  if (type === undefined) return undefined;
  const card = objectIn(source, type);
  return { type, brand: textIn(card, 'brand'), last4: textIn(card, 'last_digits') };
}

function code(name: string): string {
  return name.toLowerCase();
}

function known<T>(words: Readonly<Record<string, T>>, status: string, otherwise: T): T {
  return (Object.hasOwn(words, status) ? words[status] : undefined) ?? otherwise;
}
