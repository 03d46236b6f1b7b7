/**
 * The life of a dispute. `won` gives the money back to the merchant; `lost` and `accepted` do not. A bank may still reopen a
 * decided case, but only by the provider's own later word, which is a new decision over the same case.
 */
export const CHARGEBACK_TRANSITIONS = {
  open: ['under_review', 'won', 'lost', 'accepted'],
  under_review: ['won', 'lost', 'accepted'],
  won: [],
  lost: [],
  accepted: [],
} as const satisfies Record<string, readonly string[]>;

export type ChargebackStatus = keyof typeof CHARGEBACK_TRANSITIONS;

export const CHARGEBACK_STATUSES = Object.keys(CHARGEBACK_TRANSITIONS) as readonly ChargebackStatus[];

export function canChargebackMove(from: ChargebackStatus, to: ChargebackStatus): boolean {
  return (CHARGEBACK_TRANSITIONS[from] as readonly ChargebackStatus[]).includes(to);
}

/** Nobody has decided yet. */
export function isChargebackOpen(status: ChargebackStatus): boolean {
  return status === 'open' || status === 'under_review';
}

/** The money is with the buyer, or may go there: everything but a won case. */
export function takesMoney(status: ChargebackStatus): boolean {
  return status !== 'won';
}
