/** The life of a checkout as data. A success that arrives after expiry or cancellation still completes it: the money is real. */
export const CHECKOUT_TRANSITIONS = {
  open: ['processing', 'completed', 'expired', 'cancelled'],
  processing: ['open', 'completed', 'expired', 'cancelled'],
  completed: [],
  expired: ['completed'],
  cancelled: ['completed'],
} as const satisfies Record<string, readonly string[]>;

export type CheckoutStatus = keyof typeof CHECKOUT_TRANSITIONS;

export const CHECKOUT_STATUSES = Object.keys(CHECKOUT_TRANSITIONS) as readonly CheckoutStatus[];

export function canCheckoutMove(from: CheckoutStatus, to: CheckoutStatus): boolean {
  return (CHECKOUT_TRANSITIONS[from] as readonly CheckoutStatus[]).includes(to);
}

/** The statuses a checkout may come from to reach `to`; the write repeats this check. */
export function checkoutStatusesBefore(to: CheckoutStatus): CheckoutStatus[] {
  return CHECKOUT_STATUSES.filter((from) => canCheckoutMove(from, to));
}
