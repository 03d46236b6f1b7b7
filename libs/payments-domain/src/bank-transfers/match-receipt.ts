import type { TransactionStatus } from '../transaction-status.js';

/** Who told of money that came in: a person, a bank statement, or the provider itself. */
export const RECEIPT_SOURCES = ['operator', 'statement', 'provider'] as const;
export type ReceiptSource = (typeof RECEIPT_SOURCES)[number];

/**
 * Why money is not assigned to a payment by itself.
 * - `no_reference`: the text holds nothing that looks like one of our references
 * - `unknown_reference`: it does, and no payment to this account has it
 * - `several_payments`: it names more than one
 * - `other_currency`: the payment is in another currency
 * - `payment_closed`: the payment was cancelled, refunded or charged back
 * - `possible_duplicate`: somebody else has told of this money already, it seems
 */
export const LISTING_REASONS = [
  'no_reference',
  'unknown_reference',
  'several_payments',
  'other_currency',
  'payment_closed',
  'possible_duplicate',
] as const;
export type ListingReason = (typeof LISTING_REASONS)[number];

/** Money that came in. Minor units. */
export interface IncomingMoney {
  readonly amount: number;
  readonly currency: string;
  readonly source: ReceiptSource;
}

/** A payment one of the references names, and the money it already has. */
export interface MatchCandidate {
  readonly transactionId: string;
  readonly status: TransactionStatus;
  readonly amount: number;
  readonly currency: string;
  readonly receipts: readonly { readonly amount: number; readonly source: ReceiptSource }[];
}

export type MatchVerdict =
  { readonly kind: 'assign'; readonly transactionId: string } | { readonly kind: 'list'; readonly reason: ListingReason };

/**
 * Decides what money was paid for. Only an exact reference assigns; whatever leaves doubt is listed for a person.
 * @param named whether the text holds a reference at all
 */
export function matchReceipt(money: IncomingMoney, named: boolean, candidates: readonly MatchCandidate[]): MatchVerdict {
  const [candidate, ...others] = candidates;
  if (!candidate) return { kind: 'list', reason: named ? 'unknown_reference' : 'no_reference' };
  if (others.length > 0) return { kind: 'list', reason: 'several_payments' };
  if (candidate.currency !== money.currency) return { kind: 'list', reason: 'other_currency' };
  if (!mayReceive(candidate.status)) return { kind: 'list', reason: 'payment_closed' };
  if (isToldAlready(money, candidate)) return { kind: 'list', reason: 'possible_duplicate' };
  return { kind: 'assign', transactionId: candidate.transactionId };
}

/** How the money stands against what was asked. `difference` is negative while some is missing, positive when it is too much. */
export function receivedState(amount: number, received: number): { readonly complete: boolean; readonly difference: number } {
  return { complete: received >= amount, difference: received - amount };
}

/** A late payment of a failed attempt is welcome, and so is noticing that somebody paid twice. */
export function mayReceive(status: TransactionStatus): boolean {
  return status === 'initiated' || status === 'pending_provider' || status === 'failed' || status === 'succeeded';
}

/** An operator who marked a payment as paid has most likely seen the very entry that now comes with the statement. */
function isToldAlready({ amount, source }: IncomingMoney, candidate: MatchCandidate): boolean {
  const told = candidate.receipts.filter((receipt) => receipt.source !== source);
  if (told.length === 0) return false;
  const received = candidate.receipts.reduce((sum, receipt) => sum + receipt.amount, 0);
  return told.some((receipt) => receipt.amount === amount) || received + amount > candidate.amount;
}
