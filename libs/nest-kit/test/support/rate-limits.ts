import { openImpatientRedis } from '../../src/redis/impatient-redis.js';
import { MetricsRegistry, RateLimiter } from '../../src/index.js';
import type { RateLimitPolicy, RateLimitVerdict } from '../../src/index.js';

/** One instance of a service: a limiter with its own connection and its own metrics. */
export class LimitingInstance {
  private constructor(
    readonly redis: ReturnType<typeof openImpatientRedis>,
    readonly metrics: MetricsRegistry,
    readonly limiter: RateLimiter,
  ) {}

  /**
   * @param o.now milliseconds; the clock of Redis when absent
   * @param o.timeoutMs of one question; long, so that a busy machine does not look like an outage
   */
  static async start(
    redisUrl: string,
    { now, timeoutMs = 10_000 }: { now?: () => number; timeoutMs?: number } = {},
  ): Promise<LimitingInstance> {
    const redis = openImpatientRedis(redisUrl, timeoutMs);
    const metrics = new MetricsRegistry('test');
    const limiter = new RateLimiter({ redis, exempt: '', metrics, now });
    await new Promise((resolve) => redis.once('ready', resolve));
    return new LimitingInstance(redis, metrics, limiter);
  }

  stop(): void {
    this.redis.disconnect();
  }

  /** The verdict of a limiter that is expected to be at work. */
  async take(policy: RateLimitPolicy, key: string): Promise<RateLimitVerdict> {
    const verdict = await this.limiter.consume(policy, key);
    if (!verdict) throw new Error('the request was not limited');
    return verdict;
  }

  async metric(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
    const metric = await this.metrics.registry.getSingleMetric(name)?.get();
    return metric?.values.find(({ labels: own }) => Object.entries(labels).every(([label, value]) => own[label] === value))?.value;
  }
}

let policies = 0;

/** A policy of its own name, so that tests do not count each other's requests. */
export function newPolicy(
  windows: RateLimitPolicy['windows'],
  whenUnavailable: RateLimitPolicy['whenUnavailable'] = 'allow',
): RateLimitPolicy {
  return { name: `test-${++policies}`, windows, whenUnavailable };
}
