import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { eventually, freePort, startRedis } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { createService, HealthRegistry, RateLimiter, RateLimitModule } from '../src/index.js';
import { LimitingInstance, newPolicy } from './support/rate-limits.js';
import { testConfig } from './support/test-config.js';

const WINDOWS = [{ limit: 2, seconds: 3_600 }];
const TIMEOUT_MS = 150;
/** A question's time and some for a busy machine; less than it takes until the connection is given up. */
const SOON_MS = 700;

describe('rate limits without Redis', () => {
  let redis: RunningServer;
  let instance: LimitingInstance;
  let lines: { level: string; text: string }[];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => redis.stop());

  beforeEach(async () => {
    lines = [];
    const keep = (level: string) => (text: string) => lines.push({ level, text });
    Logger.overrideLogger({ log: keep('log'), warn: keep('warn'), error: keep('error') });
    instance = await LimitingInstance.start(redis.url, { timeoutMs: TIMEOUT_MS });
  });
  afterEach(() => {
    instance.stop();
    Logger.overrideLogger(true);
  });

  const told = (level: string): string[] => lines.filter((line) => line.level === level).map(({ text }) => text);
  const pid = async (): Promise<number> => Number(/process_id:(\d+)/.exec(await instance.redis.info('server'))?.[1]);

  it('allows or refuses as the policy says, tells it once, and counts on when Redis is back', async () => {
    const [open, closed] = [newPolicy(WINDOWS), newPolicy(WINDOWS, 'refuse')];
    expect(await instance.take(open, 'a')).toMatchObject({ remaining: 1 });
    expect(await instance.take(closed, 'a')).toMatchObject({ remaining: 1 });

    await redis.kill();
    const answers = await Promise.all(Array.from({ length: 20 }, () => instance.limiter.consume(open, 'a')));
    expect(new Set(answers)).toEqual(new Set([undefined]));
    for (let time = 0; time < 3; time++) {
      await expect(instance.limiter.consume(closed, 'a')).rejects.toMatchObject({ code: 'service_unavailable', status: 503 });
    }
    expect(told('error')).toEqual([expect.stringContaining('Redis is not usable')]);
    expect(await instance.metric('rate_limit_unavailable_total', { policy: open.name })).toBe(20);
    expect(await instance.metric('rate_limit_unavailable_total', { policy: closed.name })).toBe(3);
    expect(await instance.metric('rate_limit_redis_up')).toBe(0);

    await redis.restart();
    // What was counted before is still counted: the file of Redis has it.
    await eventually(async () => expect(await instance.limiter.consume(open, 'a')).toMatchObject({ allowed: true, remaining: 0 }));
    expect(await instance.take(open, 'a')).toMatchObject({ allowed: false });
    expect(await instance.take(closed, 'a')).toMatchObject({ allowed: true, remaining: 0 });
    expect(told('warn')).toEqual([expect.stringContaining('Redis is usable again')]);
    expect(told('error')).toHaveLength(1);
    expect(await instance.metric('rate_limit_redis_up')).toBe(1);
  });

  it('does not hang with a Redis that hangs, and keeps nothing for it', async () => {
    const policy = newPolicy(WINDOWS);
    const server = await pid();
    process.kill(server, 'SIGSTOP');
    try {
      const timed = async (): Promise<number> => {
        const started = performance.now();
        expect(await instance.limiter.consume(policy, 'a')).toBeUndefined();
        return performance.now() - started;
      };
      for (const duration of await Promise.all(Array.from({ length: 50 }, timed))) expect(duration).toBeLessThan(SOON_MS);
      // The connection is given up; from then on nothing is waited for.
      await eventually(async () => expect(await timed()).toBeLessThan(20));
      expect(instance.redis.status).not.toBe('ready');
      expect(told('error')).toHaveLength(1);
    } finally {
      process.kill(server, 'SIGCONT');
    }
    await eventually(async () => expect(await instance.limiter.consume(policy, 'b')).toMatchObject({ allowed: true }));
    expect(told('warn')).toHaveLength(1);
  });

  it('takes an answer of Redis that is an error as an outage, too', async () => {
    const policy = newPolicy(WINDOWS);
    await instance.take(policy, 'a');
    const [key = ''] = await instance.redis.keys(`*${policy.name}:*`);
    await instance.redis.set(key, 'not a list');
    expect(await instance.limiter.consume(policy, 'a')).toBeUndefined();
    expect(told('error')).toEqual([expect.stringContaining('WRONGTYPE')]);
    expect(await instance.take(policy, 'b')).toMatchObject({ allowed: true });
  });

  describe('in a service', () => {
    const start = async (redisUrl: string, enabled = true) => {
      const module = RateLimitModule.forRoot({ redisUrl, enabled, exempt: '127.0.0.1,2001:db8::/32' });
      const app = await createService({ name: 'limited', module, config: testConfig() });
      await app.init();
      return app;
    };

    it('starts, stays healthy and says that Redis is missing', async () => {
      const app = await start(`redis://127.0.0.1:${await freePort()}`);
      try {
        expect(await app.get(RateLimiter).consume(newPolicy(WINDOWS), 'a')).toBeUndefined();
        const { healthy, checks } = await app.get(HealthRegistry).run();
        expect(healthy).toBe(true);
        expect(checks['redis']).toMatchObject({ status: 'down', critical: false });
      } finally {
        await app.close();
      }
    });

    it('counts with Redis and knows who is exempt', async () => {
      const app = await start(redis.url);
      try {
        await eventually(async () => expect((await app.get(HealthRegistry).run()).checks['redis']).toMatchObject({ status: 'up' }));
        expect(await app.get(RateLimiter).consume(newPolicy(WINDOWS), 'a')).toMatchObject({ allowed: true });
        expect(app.get(RateLimiter).isExempt('::ffff:127.0.0.1')).toBe(true);
        expect(app.get(RateLimiter).isExempt('192.0.2.1')).toBe(false);
      } finally {
        await app.close();
      }
    });

    it('switched off it limits nothing and needs no Redis', async () => {
      const app = await start(`redis://127.0.0.1:${await freePort()}`, false);
      try {
        expect(await app.get(RateLimiter).consume(newPolicy(WINDOWS, 'refuse'), 'a')).toBeUndefined();
        expect((await app.get(HealthRegistry).run()).checks).not.toHaveProperty('redis');
      } finally {
        await app.close();
      }
    });
  });
});
