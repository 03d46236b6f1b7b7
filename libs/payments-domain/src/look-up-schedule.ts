const MINUTE_MS = 60_000;
const STEPS_MS = [1, 2, 5, 10, 20, 40].map((minutes) => minutes * MINUTE_MS);
const LONGEST_MS = 60 * MINUTE_MS;

/** After this long without the provider ever having heard of a payment, it was never received. */
export const NEVER_RECEIVED_AFTER_MS = 15 * MINUTE_MS;

/**
 * How long to wait before the next look at an undecided payment, after `done` looks (from 1). Grows to an hour and
 * stays there: a bank debit may take days, and it must never be forgotten.
 */
export function lookUpDelayMs(done: number): number {
  return STEPS_MS[done - 1] ?? LONGEST_MS;
}
