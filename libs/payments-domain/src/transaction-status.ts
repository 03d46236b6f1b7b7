/**
 * The life of a transaction as data. `failed` moves on only by the provider's later word about the same payment; `cancelled`
 * is final. Between the three statuses of a paid transaction it moves as refunds and disputes say, see `paidStatus`; partial
 * refunds keep `succeeded`.
 */
export const TRANSACTION_TRANSITIONS = {
  initiated: ['pending_provider', 'succeeded', 'failed', 'cancelled'],
  pending_provider: ['succeeded', 'failed', 'cancelled'],
  succeeded: ['refunded', 'charged_back'],
  failed: ['pending_provider', 'succeeded'],
  cancelled: [],
  refunded: ['succeeded', 'charged_back'],
  charged_back: ['succeeded', 'refunded'],
} as const satisfies Record<string, readonly string[]>;

export type TransactionStatus = keyof typeof TRANSACTION_TRANSITIONS;

export const TRANSACTION_STATUSES = Object.keys(TRANSACTION_TRANSITIONS) as readonly TransactionStatus[];

export function canTransactionMove(from: TransactionStatus, to: TransactionStatus): boolean {
  return (TRANSACTION_TRANSITIONS[from] as readonly TransactionStatus[]).includes(to);
}

/** The buyer may still pay or the provider may still decide: the transaction occupies its checkout. */
export function isTransactionUndecided(status: TransactionStatus): boolean {
  return status === 'initiated' || status === 'pending_provider';
}
