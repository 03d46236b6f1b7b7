const STEPS = [1, 2, 5, 10, 20, 40] as const;
const LONGEST_STEP = 60;

/** After this long without the provider ever having heard of a payment, it was never received. */
export const NEVER_RECEIVED_AFTER_MS = 15 * 60_000;

/**
 * How long to wait before the next look at an undecided payment, after `done` looks (from 1); `unitMs` is the wait before
 * the first. Grows to sixty times that and stays there: a bank debit may take days, and it must never be forgotten.
 */
export function lookUpDelayMs(done: number, unitMs: number): number {
  return (STEPS[done - 1] ?? LONGEST_STEP) * unitMs;
}
