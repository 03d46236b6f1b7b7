const DAY_MS = 24 * 3600 * 1000;
/** A session that nobody refreshes for this long is over. */
const IDLE_MS = 30 * DAY_MS;
/** However busy, after this a person signs in again. */
const LONGEST_MS = 90 * DAY_MS;

/** When a session ends that is used at `now` and then no more. */
export function sessionExpiry(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + IDLE_MS, createdAt.getTime() + LONGEST_MS));
}
