import { DomainError } from '@paygate/kernel';
import type { WindowState } from './sliding-log.js';

/** What became of a request, in the numbers of the tightest window: the one with the least left, or the longest wait. */
export interface RateLimitVerdict {
  allowed: boolean;
  limit: number;
  /** Requests the window still takes now. */
  remaining: number;
  /** Seconds until `remaining` grows, if nothing more is sent. */
  resetSeconds: number;
  /** Only on a refusal: seconds until every window takes a request again. */
  retryAfterSeconds?: number;
}

export function judge(states: readonly WindowState[]): RateLimitVerdict {
  const full = states.filter(({ window, held }) => held >= window.limit);
  if (full.length > 0) {
    const { window, waitMs } = full.reduce((tightest, state) => (state.waitMs > tightest.waitMs ? state : tightest));
    const seconds = wholeSeconds(waitMs);
    return { allowed: false, limit: window.limit, remaining: 0, resetSeconds: seconds, retryAfterSeconds: seconds };
  }
  const { window, held, waitMs } = states.reduce((tightest, state) => (leftOf(state) < leftOf(tightest) ? state : tightest));
  return { allowed: true, limit: window.limit, remaining: window.limit - held - 1, resetSeconds: wholeSeconds(waitMs) };
}

/** The headers a limited answer carries. All times are seconds from now. */
export function rateLimitHeaders(verdict: RateLimitVerdict): Record<string, string> {
  return {
    'x-ratelimit-limit': String(verdict.limit),
    'x-ratelimit-remaining': String(verdict.remaining),
    'x-ratelimit-reset': String(verdict.resetSeconds),
    ...(verdict.retryAfterSeconds === undefined ? {} : { 'retry-after': String(verdict.retryAfterSeconds) }),
  };
}

/**
 * Puts the headers on the answer and stops a request that is over its limit.
 * @throws DomainError `too_many_requests` with `details.retryAfterSeconds`
 */
export function enforceRateLimit(reply: { headers(values: Record<string, string>): unknown }, verdict: RateLimitVerdict): void {
  reply.headers(rateLimitHeaders(verdict));
  const { allowed, limit, retryAfterSeconds } = verdict;
  if (allowed) return;
  throw new DomainError('too_many_requests', `Too many requests: the limit is ${limit}. Try again in ${retryAfterSeconds ?? 1} s.`, {
    retryAfterSeconds,
  });
}

function leftOf({ window, held }: WindowState): number {
  return window.limit - held;
}

/** Rounded up, so that who waits as long is not refused again. */
function wholeSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1_000));
}
