import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterAttempts, findingOf, HEALTH_POLICY, UNKNOWN_HEALTH } from './endpoint-health.js';
import type { EndpointHealth, Finding, Observation } from './endpoint-health.js';

const START = Date.UTC(2026, 2, 1, 12);
const at = (seconds: number): Date => new Date(START + seconds * 1_000);
const DAY = 86_400;

/** `outage@30` is an outage 30 s after the start; `outage@30!` that of the probe; `refusal@5=dlv_1` a 410 to that delivery. */
function observation(text: string): Observation {
  const [, finding = '', seconds = '', probe = '', gone = ''] = /^(\w+)@(\d+)(!?)(?:=(\w+))?$/.exec(text) ?? [];
  return {
    finding: finding as Finding,
    at: at(Number(seconds)),
    deliveryId: gone || `dlv_at_${seconds}`,
    claim: probe ? 'clm_probe' : 'clm_any',
    isGone: gone !== '',
  };
}

const judge = (texts: string[], before: EndpointHealth = UNKNOWN_HEALTH, random = 0) =>
  afterAttempts(before, texts.map(observation), HEALTH_POLICY, () => random);
const outages = (count: number, every: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `outage@${from + i * every}`);
const OPEN = judge(outages(10, 4)).health;

describe('the circuit', () => {
  it.each<[string, string[], number | null]>([
    ['nine outages', outages(9, 60), null],
    ['ten within 27 s', outages(10, 3), null],
    ['ten over 36 s', outages(10, 4), 36 + 30],
    ['fifty at once, and one 30 s later', [...outages(50, 0), 'outage@30'], 60],
    ['a success in between', [...outages(9, 10), 'success@95', ...outages(9, 10, 100)], null],
    ['an answer in between that is no acknowledgement', [...outages(9, 10), 'refusal@95', ...outages(9, 10, 100)], null],
    ['refusals alone', outages(50, 10).map((text) => text.replace('outage', 'refusal')), null],
  ])('after %s', (_, attempts, openUntil) => {
    expect(judge(attempts).health.openUntil).toEqual(openUntil === null ? null : at(openUntil));
  });

  it('stays as it is while attempts that had begun before come to an end', () => {
    expect(judge(outages(20, 1, 37), OPEN).health).toMatchObject({ openUntil: OPEN.openUntil, openings: 1, outages: 30 });
  });

  it.each([
    ['a success', 'success@40', { openUntil: null, openings: 0, failures: 0, failingSince: null }],
    ['any answer', 'refusal@40', { openUntil: null, openings: 0, failures: 11, failingSince: at(0) }],
  ])('closes with %s', (_, attempt, expected) => {
    expect(judge([attempt], OPEN).health).toMatchObject(expected);
  });

  it('opens longer each time the receiver is tried in vain, up to half an hour', () => {
    let health = OPEN;
    const pauses: number[] = [];
    for (let i = 0; i < 9; i++) {
      const end = health.openUntil!.getTime();
      health = judge([`outage@${(end - START) / 1_000}!`], { ...health, probe: 'clm_probe' }).health;
      pauses.push((health.openUntil!.getTime() - end) / 1_000);
    }
    expect(pauses).toEqual([60, 120, 240, 480, 960, 1_800, 1_800, 1_800, 1_800]);
  });

  it('adds up to a tenth to each pause', () => {
    expect(judge(outages(10, 4), UNKNOWN_HEALTH, 0.999).health.openUntil!.getTime()).toBe(at(36).getTime() + 32_997);
  });
});

describe('an endpoint is disabled', () => {
  it.each<[string, string[], 'failing' | 'gone' | undefined]>([
    ['after five days of nothing but failures', ['refusal@0', `outage@${5 * DAY}`], 'failing'],
    ['not a second sooner', ['refusal@0', `outage@${5 * DAY - 1}`], undefined],
    ['not when one success came in between', ['outage@0', `success@${DAY}`, `outage@${5 * DAY}`], undefined],
    ['after 410 for three deliveries', ['refusal@0=a', 'refusal@1=b', 'refusal@2=c'], 'gone'],
    ['not after 410 for one delivery again and again', ['refusal@0=a', 'refusal@1=a', 'refusal@2=a'], undefined],
    ['not when another answer came in between', ['refusal@0=a', 'refusal@1=b', 'refusal@2', 'refusal@3=c'], undefined],
  ])('%s', (_, attempts, disable) => {
    expect(judge(attempts).disable).toBe(disable);
  });
});

describe('whatever happens', () => {
  const attempt = fc.record({
    finding: fc.constantFrom<Finding>('success', 'refusal', 'outage'),
    seconds: fc.nat(2 * DAY),
    isProbe: fc.boolean(),
  });
  const attempts = fc
    .array(attempt, { maxLength: 60 })
    .map((list) =>
      list.map(({ finding, seconds, isProbe }) => ({ ...observation(`${finding}@${seconds}`), claim: isProbe ? 'clm_probe' : 'clm_any' })),
    );

  it('a success wipes out what was before it', () => {
    fc.assert(
      fc.property(attempts, (list) => {
        const { health } = afterAttempts(UNKNOWN_HEALTH, [...list, observation(`success@${3 * DAY}`)], HEALTH_POLICY, Math.random);
        expect(health).toMatchObject({ failures: 0, failingSince: null, outages: 0, openUntil: null, openings: 0, probe: null, gone: [] });
      }),
    );
  });

  it('the parts agree with each other', () => {
    fc.assert(
      fc.property(attempts, (list) => {
        let health = UNKNOWN_HEALTH;
        for (const one of list.sort((a, b) => a.at.getTime() - b.at.getTime())) {
          const before = health;
          health = afterAttempts(before, [one], HEALTH_POLICY, Math.random).health;
          expect(health.revision).toBe(before.revision + 1);
          expect(health.failures).toBeGreaterThanOrEqual(health.outages);
          expect(health.failingSince === null).toBe(health.failures === 0);
          expect(health.outageSince === null).toBe(health.outages === 0);
          if (health.openUntil !== null && before.openUntil === null) expect(health.outages).toBeGreaterThanOrEqual(10);
          if (health.openUntil !== before.openUntil && health.openUntil !== null) {
            const pauseMs = health.openUntil.getTime() - one.at.getTime();
            expect(pauseMs).toBeGreaterThanOrEqual(HEALTH_POLICY.firstPauseMs);
            expect(pauseMs).toBeLessThanOrEqual(HEALTH_POLICY.longestPauseMs * 1.1);
          }
        }
      }),
    );
  });

  it('a group of attempts says the same as one after the other, in whatever order it comes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(DAY), { maxLength: 40 }),
        fc.infiniteStream(fc.constantFrom<Finding>('success', 'refusal', 'outage')),
        (times, findings) => {
          const list = times.map((seconds) => observation(`${findings.next().value as Finding}@${seconds}`));
          const random = (): number => 0.5;
          const together = afterAttempts(UNKNOWN_HEALTH, list, HEALTH_POLICY, random).health;
          const sorted = [...list].sort((a, b) => a.at.getTime() - b.at.getTime());
          const single = sorted.reduce((health, one) => afterAttempts(health, [one], HEALTH_POLICY, random).health, UNKNOWN_HEALTH);
          expect({ ...together, revision: 0 }).toEqual({ ...single, revision: 0 });
        },
      ),
    );
  });
});

describe('an attempt says', () => {
  it.each<[boolean, number | undefined, Finding]>([
    [true, 200, 'success'],
    [false, undefined, 'outage'],
    [false, 500, 'outage'],
    [false, 503, 'outage'],
    [false, 429, 'outage'],
    [false, 404, 'refusal'],
    [false, 410, 'refusal'],
    [false, 301, 'refusal'],
    [false, 201, 'refusal'],
  ])('acknowledged %p, status %p: %s', (isAcknowledged, status, finding) => {
    expect(findingOf(isAcknowledged, status)).toBe(finding);
  });
});
