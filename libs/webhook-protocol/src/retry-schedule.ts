const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Seconds to wait before each attempt: the first is made at once, each later one so long after the failure of the one before.
 * After the last the delivery is given up.
 */
export const RETRY_SCHEDULE_SECONDS: readonly number[] = [
  ...[0, 5, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];

/** The most a receiver can ask for with Retry-After; more would let it park a delivery for ever. */
export const MAX_RETRY_AFTER_SECONDS = 24 * HOUR;

/** Share of the wait that is added at most. */
const JITTER = 0.1;

export interface NextAttemptOptions {
  now: Date;
  /** A number in [0, 1), e.g. `Math.random`. */
  random: () => number;
  /** What the receiver asked for; the attempt is never made earlier than this. */
  retryAfterSeconds?: number;
  /** Default: the public schedule. */
  schedule?: readonly number[];
}

/**
 * When to try again after `attemptsMade` attempts. Jitter only adds, so a promised wait is never shortened.
 * @returns undefined when the schedule is exhausted.
 */
export function nextAttemptAt(attemptsMade: number, options: NextAttemptOptions): Date | undefined {
  const wait = (options.schedule ?? RETRY_SCHEDULE_SECONDS)[attemptsMade];
  if (wait === undefined) return undefined;
  const asked = Math.min(Math.max(options.retryAfterSeconds ?? 0, 0), MAX_RETRY_AFTER_SECONDS);
  const seconds = Math.max(wait, asked);
  return new Date(options.now.getTime() + Math.ceil(seconds * 1000 * (1 + JITTER * options.random())));
}
