import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { openImpatientRedis } from '@paygate/nest-kit';
import type { Redis } from 'ioredis';
import { HealthStore } from './health-store.js';
import { ProviderHealthBook } from './provider-health-book.js';

const HEALTH_REDIS = Symbol('HEALTH_REDIS');

/** Starts without Redis, too. */
@Global()
@Module({})
export class ProviderHealthModule implements OnApplicationShutdown {
  constructor(@Inject(HEALTH_REDIS) private readonly redis: Redis) {}

  /** @param timeoutMs how long one question to Redis may take, instead of the usual */
  static forRoot(redisUrl: string, timeoutMs?: number): DynamicModule {
    return {
      module: ProviderHealthModule,
      providers: [
        {
          provide: HEALTH_REDIS,
          useFactory: () => {
            const redis = openImpatientRedis(redisUrl, timeoutMs);
            // Told by whoever asks it something; without a listener ioredis writes to the console.
            redis.on('error', () => undefined);
            return redis;
          },
        },
        { provide: HealthStore, inject: [HEALTH_REDIS], useFactory: (redis: Redis) => new HealthStore(redis) },
        ProviderHealthBook,
      ],
      exports: [ProviderHealthBook],
    };
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
