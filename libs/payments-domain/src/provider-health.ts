import type { ProviderStanding } from './routing.js';

/** How long a call counts. */
export const HEALTH_WINDOW_MS = 5 * 60_000;
/** Fewer calls than this in the window say nothing. */
export const LEAST_CALLS = 5;
/** The part of the calls that has to fail before a provider is taken out. */
export const FAILING_RATIO = 0.5;
export const FIRST_PAUSE_MS = 30_000;
/** Each pause after a failed trial is twice as long as the one before, up to this. */
export const LONGEST_PAUSE_MS = 10 * 60_000;
/** After this long a trial nobody has heard of again is over, and another payment may be one. */
export const TRIAL_MS = 90_000;

const SLICE_MS = 10_000;

/** Calls that began in one slice of time. */
interface Slice {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly calls: number;
  readonly failures: number;
}

/** What is remembered of one account at a provider. Instants in milliseconds since 1970. */
export interface ProviderHealth {
  /** Oldest first, none older than the window. */
  readonly slices: readonly Slice[];
  /** It is taken out until then, and after that until a trial has succeeded. */
  readonly pausedUntil?: number;
  /** Since when it has been taken out. */
  readonly pausedSince?: number;
  /** Pauses in a row. */
  readonly pauses: number;
  /** A payment is finding out whether the provider works again; no other one does before then. */
  readonly trialUntil?: number;
}

export const UNKNOWN_HEALTH: ProviderHealth = { slices: [], pauses: 0 };

/**
 * A payment was brought to the provider. It worked when the provider took it or refused it for certain: a declined card is
 * no fault of the provider. It failed when the outcome is unknown: no answer, or one that says nothing.
 */
export function afterCall(health: ProviderHealth, worked: boolean, now: number): ProviderHealth {
  if (health.pausedUntil !== undefined) return afterCallWhilePaused(health, worked, now);
  const slices = counted(health.slices, worked, now);
  const { calls, failures } = recentCalls({ ...health, slices }, now);
  const fails = calls >= LEAST_CALLS && failures >= calls * FAILING_RATIO;
  return fails ? paused(slices, 1, now, now) : { slices, pauses: 0 };
}

/** How routing is to take the provider now. */
export function standingOf({ pausedUntil, trialUntil = 0 }: ProviderHealth, now: number): ProviderStanding {
  if (pausedUntil === undefined) return 'ready';
  return now >= pausedUntil && now >= trialUntil ? 'trial' : 'paused';
}

/** Makes the next payment the trial; undefined when it is not time for one, or another payment is it already. */
export function beginTrial(health: ProviderHealth, now: number): ProviderHealth | undefined {
  return standingOf(health, now) === 'trial' ? { ...health, trialUntil: now + TRIAL_MS } : undefined;
}

export function recentCalls({ slices }: ProviderHealth, now: number): { calls: number; failures: number } {
  return recent(slices, now).reduce((sum, { calls, failures }) => ({ calls: sum.calls + calls, failures: sum.failures + failures }), {
    calls: 0,
    failures: 0,
  });
}

/** Answers to calls from before the pause come late; only what happened after it says how the provider is now. */
function afterCallWhilePaused(health: ProviderHealth, worked: boolean, now: number): ProviderHealth {
  const { pausedUntil = 0, pausedSince = now, pauses, slices } = health;
  if (now < pausedUntil) return health;
  if (worked) return { slices: counted([], true, now), pauses: 0 };
  return paused(counted(slices, false, now), pauses + 1, pausedSince, now);
}

function paused(slices: readonly Slice[], pauses: number, pausedSince: number, now: number): ProviderHealth {
  const length = Math.min(FIRST_PAUSE_MS * 2 ** (pauses - 1), LONGEST_PAUSE_MS);
  return { slices, pauses, pausedSince, pausedUntil: now + length };
}

function counted(slices: readonly Slice[], worked: boolean, now: number): Slice[] {
  const at = now - (now % SLICE_MS);
  const kept = recent(slices, now);
  const known = kept.find((slice) => slice.at === at) ?? { at, calls: 0, failures: 0 };
  const grown = { at, calls: known.calls + 1, failures: known.failures + (worked ? 0 : 1) };
  return [...kept.filter((slice) => slice.at !== at), grown].sort((a, b) => a.at - b.at);
}

/** Clocks of instances differ a little, so a slice may lie ahead; one far ahead was written by a clock that was wrong. */
function recent(slices: readonly Slice[], now: number): Slice[] {
  return slices.filter(({ at }) => at > now - HEALTH_WINDOW_MS && at <= now + HEALTH_WINDOW_MS);
}
