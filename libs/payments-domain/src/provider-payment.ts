import { judgeProviderWord } from './provider-word.js';
import type { ProviderWord, Verdict } from './provider-word.js';
import type { TransactionStatus } from './transaction-status.js';

/** What we recorded of the payment. Amount in minor units. */
export interface RecordedPayment {
  readonly status: TransactionStatus;
  readonly amount: number;
  readonly currency: string;
  /** The payment's id at the provider, once known. */
  readonly reference?: string;
}

/** What the provider says of it. */
export interface ReportedPayment {
  readonly word: ProviderWord;
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
}

export type PaymentVerdict = Exclude<Verdict, { kind: 'contradiction' }> | { kind: 'contradiction'; reason: string };

/**
 * Decides what a provider's report does to a transaction. A report about another amount, currency or payment than the
 * recorded one is a contradiction whatever it says, so a success over 1 EUR never pays for 100.
 */
export function judgeProviderPayment(recorded: RecordedPayment, reported: ReportedPayment): PaymentVerdict {
  if (recorded.reference !== undefined && recorded.reference !== reported.reference) {
    return { kind: 'contradiction', reason: `provider reports payment ${reported.reference}, recorded is ${recorded.reference}` };
  }
  if (recorded.currency !== reported.currency || recorded.amount !== reported.amount) {
    const said = `${reported.amount} ${reported.currency}`;
    return { kind: 'contradiction', reason: `provider reports ${said}, recorded is ${recorded.amount} ${recorded.currency}` };
  }
  const verdict = judgeProviderWord(recorded.status, reported.word);
  if (verdict.kind !== 'contradiction') return verdict;
  return { kind: 'contradiction', reason: `provider reports ${reported.word}, recorded is ${recorded.status}` };
}
