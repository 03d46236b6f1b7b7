import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterCall,
  beginTrial,
  FIRST_PAUSE_MS,
  HEALTH_WINDOW_MS,
  LEAST_CALLS,
  LONGEST_PAUSE_MS,
  recentCalls,
  standingOf,
  TRIAL_MS,
  UNKNOWN_HEALTH,
} from './provider-health.js';
import type { ProviderHealth } from './provider-health.js';

const START = 1_800_000_000_000;

/** Calls one after the other at one instant; `+` worked, `-` failed. */
function calls(outcomes: string, now = START, from: ProviderHealth = UNKNOWN_HEALTH): ProviderHealth {
  return Array.from(outcomes).reduce((health, outcome) => afterCall(health, outcome === '+', now), from);
}

describe('the health of a provider', () => {
  it.each([
    ['nothing known', '', 'ready'],
    ['too few to say', '----', 'ready'],
    ['five failures', '-----', 'paused'],
    ['half of them', '+++---', 'paused'],
    ['less than half', '++++---', 'ready'],
    ['successes only', '+'.repeat(50), 'ready'],
  ])('%s', (_name, outcomes, standing) => expect(standingOf(calls(outcomes), START)).toBe(standing));

  it('failures older than the window are forgotten', () => {
    const failing = calls('----');
    expect(standingOf(calls('-', START + HEALTH_WINDOW_MS + 20_000, failing), START + HEALTH_WINDOW_MS + 20_000)).toBe('ready');
  });

  it('after the pause one payment tries; only when it worked, or was never heard of again, may others', () => {
    const failing = calls('-----');
    const over = START + FIRST_PAUSE_MS;
    expect(standingOf(failing, over - 1)).toBe('paused');
    expect(standingOf(failing, over)).toBe('trial');
    const trying = beginTrial(failing, over);
    expect(trying).toBeDefined();
    expect(beginTrial(trying ?? failing, over + 1)).toBeUndefined();
    expect(standingOf(trying ?? failing, over + 1)).toBe('paused');
    expect(standingOf(trying ?? failing, over + TRIAL_MS)).toBe('trial');
    expect(standingOf(calls('+', over + 2, trying), over + 2)).toBe('ready');
    expect(recentCalls(calls('+', over + 2, trying), over + 2)).toEqual({ calls: 1, failures: 0 });
  });

  it('a failed trial doubles the pause, up to the longest', () => {
    let health = calls('-----');
    const lengths: number[] = [];
    for (let trial = 0; trial < 8; trial++) {
      const at = health.pausedUntil ?? 0;
      health = afterCall(beginTrial(health, at) ?? health, false, at);
      lengths.push((health.pausedUntil ?? 0) - at);
    }
    expect(lengths.slice(0, 3)).toEqual([2 * FIRST_PAUSE_MS, 4 * FIRST_PAUSE_MS, 8 * FIRST_PAUSE_MS]);
    expect(lengths.at(-1)).toBe(LONGEST_PAUSE_MS);
    expect(health.pausedSince).toBe(START);
  });

  it('answers to calls from before the pause change nothing', () => {
    const failing = calls('-----');
    expect(calls('+-+', START + 1, failing)).toEqual(failing);
  });

  const history = fc.array(fc.record({ worked: fc.boolean(), after: fc.nat(60_000), trial: fc.boolean() }), { maxLength: 200 });

  it('whatever happens: every pause ends, and what is remembered stays small', () => {
    fc.assert(
      fc.property(history, (events) => {
        let now = START;
        let health = UNKNOWN_HEALTH;
        for (const { worked, after, trial } of events) {
          now += after;
          if (trial) health = beginTrial(health, now) ?? health;
          health = afterCall(health, worked, now);
          expect(health.slices.length).toBeLessThanOrEqual(HEALTH_WINDOW_MS / 10_000 + 1);
          expect((health.pausedUntil ?? now) - now).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
          expect(standingOf(health, now + LONGEST_PAUSE_MS + TRIAL_MS)).not.toBe('paused');
        }
      }),
    );
  });

  it('is taken out only after enough failures within the window', () => {
    fc.assert(
      fc.property(history, (events) => {
        let now = START;
        let health = UNKNOWN_HEALTH;
        const failed: number[] = [];
        for (const { worked, after } of events) {
          now += after;
          if (!worked) failed.push(now);
          const before = health;
          health = afterCall(health, worked, now);
          if (before.pausedUntil === undefined && health.pausedUntil !== undefined) {
            const recent = failed.filter((at) => at > now - HEALTH_WINDOW_MS - 10_000).length;
            expect(recent).toBeGreaterThanOrEqual(LEAST_CALLS / 2);
          }
        }
      }),
    );
  });
});
