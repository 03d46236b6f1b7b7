import type { Route, RouteCandidate, RouteExclusion, RuleMiss } from '@paygate/payments-domain';

/** Why a payment may go to a provider. Rules are counted from 1, as people do. */
export function explainCandidate({ rule, standing }: RouteCandidate): string {
  const reason = rule === undefined ? 'no rule names it' : `rule ${rule + 1} holds`;
  switch (standing) {
    case 'ready':
      return reason;
    case 'trial':
      return `${reason}; it kept failing, and the next payment finds out whether it works again`;
    case 'paused':
      return `${reason}; it keeps failing, but there is no other`;
  }
}

/** Why it may not. */
export function explainExclusion(exclusion: RouteExclusion): string {
  return exclusion.reason === 'paused' ? 'keeps failing and is left out for now' : exclusion.misses.map(explainMiss).join('; ');
}

/** The whole decision in one line of a transaction's timeline. */
export function explainRoute({ candidates, excluded }: Route, chosen: RouteCandidate): string {
  const others = candidates.filter(({ providerId }) => providerId !== chosen.providerId);
  return [
    explainCandidate(chosen),
    ...others.map((candidate) => `${candidate.providerId} possible: ${explainCandidate(candidate)}`),
    ...excluded.map((exclusion) => `${exclusion.providerId} left out: ${explainExclusion(exclusion)}`),
  ].join(' | ');
}

function explainMiss({ rule, because }: RuleMiss): string {
  const what = because.join(' and ');
  return rule === undefined ? `it cannot do the ${what}` : `rule ${rule + 1} does not hold for the ${what}`;
}
