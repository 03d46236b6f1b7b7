import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FixedClock, startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import fc from 'fast-check';
import { BUYER_POLICY, PANEL_POLICIES } from '../src/index.js';
import type { RateLimitWindow } from '../src/index.js';
import { LimitingInstance, newPolicy } from './support/rate-limits.js';

describe('rate limits in Redis', () => {
  let infrastructure: TestInfrastructure;
  let instance: LimitingInstance;
  const clock = new FixedClock();

  beforeAll(async () => {
    infrastructure = await startTestInfrastructure({ redis: true });
    instance = await LimitingInstance.start(infrastructure.redisUrl, { now: () => clock.now().getTime() });
  });
  afterAll(async () => {
    instance.stop();
    await infrastructure.stop();
  });

  const minute = (limit: number): RateLimitWindow => ({ limit, seconds: 60 });

  it('lets the 100th request of a minute through and not the 101st', async () => {
    const policy = newPolicy(BUYER_POLICY.windows);
    for (let request = 1; request <= 100; request++) {
      expect(await instance.take(policy, 'a')).toEqual({ allowed: true, limit: 100, remaining: 100 - request, resetSeconds: 60 });
    }
    const refused = { allowed: false, limit: 100, remaining: 0, resetSeconds: 60, retryAfterSeconds: 60 };
    expect(await instance.take(policy, 'a')).toEqual(refused);
    expect(await instance.take(policy, 'b')).toMatchObject({ allowed: true, remaining: 99 });
    expect(await instance.metric('rate_limited_total', { policy: policy.name })).toBe(1);
  });

  it('takes a request again at the very millisecond the oldest one leaves', async () => {
    const policy = newPolicy([minute(2)]);
    await instance.take(policy, 'a');
    clock.advance(20_000);
    await instance.take(policy, 'a');
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: false, retryAfterSeconds: 40 });
    clock.advance(39_999);
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
    clock.advance(1);
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: true, remaining: 0, resetSeconds: 20 });
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: false, retryAfterSeconds: 20 });
  });

  it('gives no second burst across a full minute, however the requests are spread', async () => {
    const policy = newPolicy([minute(100)]);
    clock.set(new Date(Math.ceil(clock.now().getTime() / 60_000) * 60_000 - 10));
    const burst = async (): Promise<number> => {
      const verdicts = await Promise.all(Array.from({ length: 150 }, () => instance.take(policy, 'a')));
      return verdicts.filter(({ allowed }) => allowed).length;
    };
    expect(await burst()).toBe(100);
    const later: number[] = [];
    for (const wait of [10, 10_000, 30_000, 19_989, 1]) {
      clock.advance(wait);
      later.push(await burst());
    }
    expect(later).toEqual([0, 0, 0, 0, 100]);
  });

  it('holds two windows at once and speaks of the tighter one', async () => {
    const policy = newPolicy([minute(100), { limit: 300, seconds: 300 }]);
    const allowedOf = async (requests: number): Promise<number> => {
      let allowed = 0;
      for (let request = 0; request < requests; request++) allowed += (await instance.take(policy, 'a')).allowed ? 1 : 0;
      return allowed;
    };
    const start = clock.now().getTime();
    for (let round = 0; round < 3; round++) {
      expect(await allowedOf(99)).toBe(99);
      clock.advance(60_000);
    }
    clock.set(new Date(start + 299_999));
    expect(await instance.take(policy, 'a')).toEqual({ allowed: true, limit: 300, remaining: 2, resetSeconds: 1 });
    expect(await allowedOf(10)).toBe(2);
    const refused = { allowed: false, limit: 300, remaining: 0, resetSeconds: 1, retryAfterSeconds: 1 };
    expect(await instance.take(policy, 'a')).toEqual(refused);
    // The first 99 leave the five minutes; now the minute, which holds 3, is the tighter one.
    clock.advance(1);
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: true, limit: 100, remaining: 96, resetSeconds: 60 });
    expect(await allowedOf(100)).toBe(96);
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: false, limit: 100, retryAfterSeconds: 60 });
  });

  it('a refused request costs nothing, in no window', async () => {
    const policy = newPolicy([minute(1), { limit: 3, seconds: 600 }]);
    expect((await instance.take(policy, 'a')).allowed).toBe(true);
    for (let time = 0; time < 20; time++) expect((await instance.take(policy, 'a')).allowed).toBe(false);
    clock.advance(60_000);
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: true, limit: 1, remaining: 0 });
    clock.advance(60_000);
    expect((await instance.take(policy, 'a')).allowed).toBe(true);
    clock.advance(60_000);
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: false, limit: 3, retryAfterSeconds: 420 });
  });

  it('policies and callers are counted apart', async () => {
    const [one, other] = [newPolicy([minute(1)]), newPolicy([minute(1)])];
    expect((await instance.take(one, 'a')).allowed).toBe(true);
    expect((await instance.take(other, 'a')).allowed).toBe(true);
    expect((await instance.take(one, 'b')).allowed).toBe(true);
    expect((await instance.take(one, 'a')).allowed).toBe(false);
  });

  it('keeps no credential, no more entries than the longest limit, and nothing for longer than its window', async () => {
    const policy = newPolicy(PANEL_POLICIES.api_user.windows);
    const secret = 'sk_live_abc_def';
    for (let time = 0; time < 130; time++) {
      await instance.take(policy, secret);
      clock.advance(35_000);
    }
    const keys = await instance.redis.keys(`*${policy.name}*`);
    expect(keys).toEqual([expect.stringMatching(new RegExp(`^paygate:rate:${policy.name}:[A-Za-z0-9_-]{22}$`))]);
    expect(await instance.redis.llen(keys[0]!)).toBeLessThanOrEqual(103);
    const ttl = await instance.redis.pttl(keys[0]!);
    expect(ttl).toBeGreaterThan(3_500_000);
    expect(ttl).toBeLessThanOrEqual(3_600_000);
  });

  it('needs one round trip, also while the script is not known to Redis', async () => {
    const policy = newPolicy(BUYER_POLICY.windows);
    await instance.take(policy, 'a');
    const calls = async (): Promise<number> => {
      const stats = await instance.redis.info('commandstats');
      return [...stats.matchAll(/cmdstat_(?:evalsha|eval):calls=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    };
    const before = await calls();
    for (let time = 0; time < 10; time++) await instance.take(policy, 'a');
    expect((await calls()) - before).toBe(10);
    await instance.redis.script('FLUSH');
    expect(await instance.take(policy, 'a')).toMatchObject({ allowed: true, remaining: 88 });
  });

  describe('a clock that goes back', () => {
    it('by little: time stands still, and the limit holds', async () => {
      const policy = newPolicy([minute(2)]);
      await instance.take(policy, 'a');
      clock.advance(-5_000);
      expect(await instance.take(policy, 'a')).toMatchObject({ allowed: true, remaining: 0 });
      expect(await instance.take(policy, 'a')).toMatchObject({ allowed: false, retryAfterSeconds: 60 });
      clock.advance(65_000);
      expect((await instance.take(policy, 'a')).allowed).toBe(true);
    });

    it('by more than the window: counting starts anew instead of shutting the caller out', async () => {
      const policy = newPolicy([minute(1)]);
      await instance.take(policy, 'a');
      clock.advance(-3_600_000);
      expect((await instance.take(policy, 'a')).allowed).toBe(true);
      expect((await instance.take(policy, 'a')).allowed).toBe(false);
    });
  });

  describe('several instances', () => {
    it('share one count, whatever their own clocks say', async () => {
      const policy = newPolicy([minute(20), { limit: 25, seconds: 300 }]);
      const instances = await Promise.all([1, 2].map(() => LimitingInstance.start(infrastructure.redisUrl)));
      try {
        const verdicts = await Promise.all(Array.from({ length: 50 }, (_, index) => instances[index % 2]!.take(policy, 'a')));
        expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(20);
        // Each request that was let through saw another number of remaining ones.
        expect(new Set(verdicts.filter(({ allowed }) => allowed).map(({ remaining }) => remaining)).size).toBe(20);
        for (const refused of verdicts.filter(({ allowed }) => !allowed)) {
          expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(58);
          expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60);
        }
      } finally {
        for (const one of instances) one.stop();
      }
    });
  });

  /**
   * What is promised: a request is let through exactly when each window, looking back over its length, holds fewer than its
   * limit; so no stretch of that length ever holds more. The reference keeps every time in memory and counts.
   */
  it('agrees with counting by hand, for any windows and any rhythm', async () => {
    const windows = fc.uniqueArray(fc.record({ limit: fc.integer({ min: 1, max: 8 }), seconds: fc.integer({ min: 1, max: 20 }) }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ seconds }) => seconds,
    });
    const pauses = fc.array(fc.oneof(fc.constantFrom(0, 1, 999, 1_000, 1_001), fc.integer({ min: 0, max: 12_000 })), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(windows, pauses, async (limits, waits) => {
        const policy = newPolicy(limits);
        const allowed: number[] = [];
        const within = (end: number, seconds: number): number[] => allowed.filter((at) => at > end - seconds * 1_000 && at <= end);
        for (const wait of waits) {
          clock.advance(wait);
          const now = clock.now().getTime();
          const full = limits.filter(({ limit, seconds }) => within(now, seconds).length >= limit);
          const verdict = await instance.take(policy, 'a');
          expect(verdict.allowed).toBe(full.length === 0);
          if (verdict.allowed) {
            allowed.push(now);
            expect(verdict.remaining).toBe(Math.min(...limits.map(({ limit, seconds }) => limit - within(now, seconds).length)));
          } else {
            const waitMs = Math.max(...full.map(({ limit, seconds }) => within(now, seconds).at(-limit)! + seconds * 1_000 - now));
            expect(verdict).toMatchObject({ remaining: 0, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
          }
        }
        for (const { limit, seconds } of limits) {
          for (const end of allowed) expect(within(end, seconds).length).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 60 },
    );
  });
});
