/** What is known of the receiver behind an endpoint, from the answers to notifications. Shared by all instances. */
export interface EndpointHealth {
  /** Rises with every change; a change that was made from an older state is made again. */
  revision: number;
  /** Attempts since the last success that were not acknowledged. */
  failures: number;
  /** When the first of them ended. */
  failingSince: Date | null;
  /** Those at the end of them that show the receiver to be out of order: no answer, 5xx, 429. */
  outages: number;
  outageSince: Date | null;
  /** Until then nothing is sent but first attempts of successes. Null while the circuit is closed. */
  openUntil: Date | null;
  /** How often it was opened in a row. */
  openings: number;
  /** The claim that tries whether it works again; its result decides. */
  probe: string | null;
  /** Deliveries at the end of the failures that were answered with 410, each once. */
  gone: string[];
  /** To within some seconds. */
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
}

export const UNKNOWN_HEALTH: EndpointHealth = {
  revision: 0,
  failures: 0,
  failingSince: null,
  outages: 0,
  outageSince: null,
  openUntil: null,
  openings: 0,
  probe: null,
  gone: [],
  lastSuccessAt: null,
  lastFailureAt: null,
};

/**
 * What an attempt says of the receiver. `success`: acknowledged. `refusal`: it answered, but did not acknowledge.
 * `outage`: no answer, 5xx or 429.
 */
export type Finding = 'success' | 'refusal' | 'outage';

/** One attempt, as far as the receiver's health is concerned. */
export interface Observation {
  finding: Finding;
  /** When it ended. */
  at: Date;
  deliveryId: string;
  /** The claim under which it was made. */
  claim: string;
  /** It was answered with 410. */
  isGone: boolean;
}

export interface HealthPolicy {
  /** The circuit opens after so many outages in a row … */
  outagesToOpen: number;
  /** … over at least this time. */
  outageMs: number;
  /** The first pause; each further one is twice as long, up to the longest. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** After this long of nothing but failures the endpoint is disabled. */
  disableAfterMs: number;
  /** After so many different deliveries were answered with 410 and nothing else came in between, it is disabled. */
  goneToDisable: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export const HEALTH_POLICY: HealthPolicy = {
  outagesToOpen: 10,
  outageMs: 30 * SECOND,
  firstPauseMs: 30 * SECOND,
  longestPauseMs: 30 * MINUTE,
  disableAfterMs: 5 * DAY,
  goneToDisable: 3,
};

/** Share of a pause that is added at most, so that receivers behind one wall are not all tried at once. */
const JITTER = 0.1;

export interface HealthVerdict {
  health: EndpointHealth;
  /** The endpoint is of no use any more. */
  disable?: 'failing' | 'gone';
}

/** What is known after some attempts. @param random in [0, 1), e.g. `Math.random` */
export function afterAttempts(
  before: EndpointHealth,
  observations: readonly Observation[],
  policy: HealthPolicy,
  random: () => number,
): HealthVerdict {
  const inOrder = [...observations].sort((a, b) => a.at.getTime() - b.at.getTime());
  let health: EndpointHealth = { ...before, revision: before.revision + 1 };
  for (const observation of inOrder) health = afterOne(health, observation, policy, random);
  const disable = reasonToDisable(health, policy);
  return disable ? { health: { ...health, openUntil: null, probe: null }, disable } : { health };
}

function afterOne(
  health: EndpointHealth,
  { finding, at, deliveryId, claim, isGone }: Observation,
  policy: HealthPolicy,
  random: () => number,
) {
  if (finding === 'success')
    return { ...UNKNOWN_HEALTH, revision: health.revision, lastSuccessAt: at, lastFailureAt: health.lastFailureAt };
  const failed: EndpointHealth = {
    ...health,
    failures: health.failures + 1,
    failingSince: health.failingSince ?? at,
    lastFailureAt: at,
    gone: isGone ? [...new Set([...health.gone, deliveryId])] : [],
  };
  // It answers: there is nothing to wait for.
  if (finding === 'refusal') return { ...failed, ...CLOSED, outages: 0, outageSince: null };
  const outageSince = health.outageSince ?? at;
  const out: EndpointHealth = { ...failed, outages: health.outages + 1, outageSince };
  if (health.openUntil !== null) return claim === health.probe ? opened(out, at, policy, random) : out;
  const isOut = out.outages >= policy.outagesToOpen && at.getTime() - outageSince.getTime() >= policy.outageMs;
  return isOut ? opened(out, at, policy, random) : out;
}

const CLOSED = { openUntil: null, openings: 0, probe: null } as const;

function opened(health: EndpointHealth, at: Date, policy: HealthPolicy, random: () => number): EndpointHealth {
  const pauseMs = Math.min(policy.firstPauseMs * 2 ** health.openings, policy.longestPauseMs) * (1 + JITTER * random());
  return { ...health, openUntil: new Date(at.getTime() + Math.ceil(pauseMs)), openings: health.openings + 1, probe: null };
}

function reasonToDisable({ gone, failingSince, lastFailureAt }: EndpointHealth, policy: HealthPolicy): HealthVerdict['disable'] {
  if (gone.length >= policy.goneToDisable) return 'gone';
  const failingMs = failingSince && lastFailureAt ? lastFailureAt.getTime() - failingSince.getTime() : 0;
  return failingMs >= policy.disableAfterMs ? 'failing' : undefined;
}

/** What an attempt says: the answer's status, or none. @param isAcknowledged by the rules of the family */
export function findingOf(isAcknowledged: boolean, statusCode: number | undefined): Finding {
  if (isAcknowledged) return 'success';
  return statusCode === undefined || statusCode >= 500 || statusCode === 429 ? 'outage' : 'refusal';
}
