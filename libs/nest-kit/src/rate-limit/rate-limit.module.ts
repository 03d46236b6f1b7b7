import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { HealthRegistry } from '../health/health-registry.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { openImpatientRedis } from '../redis/impatient-redis.js';
import { RateLimiter } from './rate-limiter.js';

const RATE_LIMIT_REDIS = Symbol('RATE_LIMIT_REDIS');

export interface RateLimitOptions {
  redisUrl: string;
  /** False: nothing is limited and Redis is not contacted. */
  enabled: boolean;
  /** Addresses and CIDR ranges that are never limited, comma separated; may be empty. */
  exempt: string;
}

/** Provides the `RateLimiter` everywhere. Needs the ServiceKitModule for metrics and health; starts without Redis too. */
@Global()
@Module({})
export class RateLimitModule implements OnApplicationShutdown {
  constructor(@Inject(RATE_LIMIT_REDIS) private readonly redis: Redis | undefined) {}

  static forRoot(o: RateLimitOptions): DynamicModule {
    return {
      module: RateLimitModule,
      providers: [
        { provide: RATE_LIMIT_REDIS, useFactory: () => (o.enabled ? openImpatientRedis(o.redisUrl) : undefined) },
        {
          provide: RateLimiter,
          inject: [RATE_LIMIT_REDIS, HealthRegistry, MetricsRegistry],
          useFactory: (redis: Redis | undefined, health: HealthRegistry, metrics: MetricsRegistry) => {
            if (redis) health.register('redis', () => ping(redis), { critical: false });
            return new RateLimiter({ redis, exempt: o.exempt, metrics });
          },
        },
      ],
      exports: [RateLimiter],
    };
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

async function ping(redis: Redis): Promise<void> {
  await redis.ping();
}
