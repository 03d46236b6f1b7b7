import { canTransactionMove } from './transaction-status.js';
import type { TransactionStatus } from './transaction-status.js';

/** What a payment provider says of a payment, in our terms. An adapter maps every status it does not know to `pending`. */
export type ProviderWord = 'requires_buyer' | 'pending' | 'succeeded' | 'failed' | 'cancelled';

export type Verdict =
  | { kind: 'move'; to: TransactionStatus }
  /** Nothing new: a repetition, or an older word that a later one has overtaken. */
  | { kind: 'stay' }
  /** The provider contradicts what is recorded as final: kept out, and shown to the operator. */
  | { kind: 'contradiction' };

const STATUS_OF = {
  requires_buyer: 'initiated',
  pending: 'pending_provider',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<ProviderWord, TransactionStatus>;

const UNPAID: ReadonlySet<TransactionStatus> = new Set(['failed', 'cancelled']);

/**
 * Decides what the provider's word does to a transaction. Page return, poll, webhook and the reconcile job all ask here,
 * in any order and any number of times.
 */
export function judgeProviderWord(current: TransactionStatus, word: ProviderWord): Verdict {
  const to = STATUS_OF[word];
  if (to === current) return { kind: 'stay' };
  // A word from before the decision may arrive after it; only the provider's own later decision reopens a failure.
  if (word === 'requires_buyer') return { kind: 'stay' };
  if (word === 'pending' && current !== 'initiated') return { kind: 'stay' };
  // The money came and went on: a late repetition of the success says nothing new. A won dispute is told in its own way.
  if (word === 'succeeded' && (current === 'refunded' || current === 'charged_back')) return { kind: 'stay' };
  if (canTransactionMove(current, to)) return { kind: 'move', to };
  // Unpaid either way; which of the two words came first does not matter to anybody.
  if (UNPAID.has(current) && UNPAID.has(to)) return { kind: 'stay' };
  return { kind: 'contradiction' };
}
