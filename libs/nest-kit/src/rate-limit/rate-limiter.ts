import { createHash } from 'node:crypto';
import { DomainError } from '@paygate/kernel';
import type { Redis } from 'ioredis';
import type { Counter } from 'prom-client';
import type { MetricsRegistry } from '../metrics/metrics-registry.js';
import { AddressList } from './addresses.js';
import { OutageAlarm } from './outage-alarm.js';
import type { RateLimitPolicy } from './policies.js';
import { SlidingLog } from './sliding-log.js';
import { judge } from './verdict.js';
import type { RateLimitVerdict } from './verdict.js';

const KEY_BYTES = 16;

export interface RateLimiterOptions {
  /** Absent: limits are switched off. */
  redis?: Redis;
  /** Addresses and CIDR ranges that are never limited, comma separated. */
  exempt: string;
  metrics: MetricsRegistry;
  /** Milliseconds, instead of the clock of Redis; for tests. */
  now?: () => number;
}

/** Counts requests in Redis, together with all other instances. */
export class RateLimiter {
  private readonly shared: { log: SlidingLog; alarm: OutageAlarm } | undefined;
  private readonly exempt: AddressList;
  private readonly limited: Counter<'policy'>;
  private readonly unavailable: Counter<'policy'>;

  constructor(o: RateLimiterOptions) {
    this.exempt = new AddressList(o.exempt);
    this.limited = o.metrics.counter({
      name: 'rate_limited_total',
      help: 'Requests refused because a limit was reached, by policy.',
      labelNames: ['policy'],
    });
    this.unavailable = o.metrics.counter({
      name: 'rate_limit_unavailable_total',
      help: 'Requests allowed or refused without a count because Redis was not usable, by policy.',
      labelNames: ['policy'],
    });
    if (!o.redis) return;
    const alarm = new OutageAlarm(o.metrics);
    this.shared = { log: new SlidingLog(o.redis, o.now), alarm };
    // Known at once, not only when a request could not be counted.
    o.redis.on('error', (error) => alarm.failed(error));
    o.redis.on('ready', () => alarm.reconnected());
  }

  /**
   * Counts a request of `key`, unless a limit of the policy is reached: a refused request costs nothing.
   * @param key who is counted: an id, or `rateLimitAddress(…)`. Only its hash goes to Redis.
   * @returns undefined when the request is not limited: limits are off, or Redis is away and the policy allows that.
   * @throws DomainError `service_unavailable` when Redis is away and the policy refuses.
   */
  async consume(policy: RateLimitPolicy, key: string): Promise<RateLimitVerdict | undefined> {
    if (!this.shared) return undefined;
    const { log, alarm } = this.shared;
    let verdict: RateLimitVerdict;
    try {
      verdict = judge(await log.take(redisKey(policy, key), policy.windows));
    } catch (error) {
      alarm.failed(error);
      this.unavailable.inc({ policy: policy.name });
      if (policy.whenUnavailable === 'allow') return undefined;
      throw new DomainError('service_unavailable', undefined, undefined, { cause: error });
    }
    alarm.worked();
    if (!verdict.allowed) this.limited.inc({ policy: policy.name });
    return verdict;
  }

  /** Whether requests from this address are not to be counted at all. */
  isExempt(address: string): boolean {
    return this.exempt.has(address);
  }
}

/** Hashed, so that a key cannot bring in a credential, a line break or any length. */
function redisKey(policy: RateLimitPolicy, key: string): string {
  const hash = createHash('sha256').update(key).digest().subarray(0, KEY_BYTES).toString('base64url');
  return `paygate:rate:${policy.name}:${hash}`;
}
