import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataModule } from '@paygate/data-kit';
import { MessagingModule } from '@paygate/messaging-kit';
import { TargetGuard } from '@paygate/nest-kit';
import { CONSUMED } from './consumed-messages.js';
import { DeliveriesModule } from './deliveries/index.js';
import type { DispatcherConfig } from './dispatcher-config.js';
import { EndpointsModule } from './endpoints/index.js';
import type { HealthSettings } from './endpoints/index.js';
import { NotificationsModule } from './notifications/index.js';
import { ReplaysModule } from './replays/index.js';
import { ResendingModule } from './resending/index.js';
import { RetentionModule } from './retention/index.js';
import { SendingModule } from './sending/index.js';
import type { SendingSettings } from './sending/index.js';

/** Events handled at the same time; they are stored in groups, so most of them wait for company and not for the database. */
const EVENT_CONCURRENCY = 600;

/** What is the same in every installation. */
export interface DispatcherRules {
  /** Seconds before each attempt. */
  retrySchedule: readonly number[];
  health: HealthSettings;
}

@Module({})
export class DispatcherModule {
  static forRoot(config: DispatcherConfig, { retrySchedule, health }: DispatcherRules): DynamicModule {
    const settings: SendingSettings = {
      redisUrl: config.REDIS_URL,
      timeoutMs: config.DELIVERY_TIMEOUT_MS,
      concurrency: config.DELIVERY_CONCURRENCY,
      concurrencyPerOrigin: config.DELIVERY_CONCURRENCY_PER_ORIGIN,
      sweepMs: config.DELIVERY_SWEEP_MS,
      shutdownGraceMs: config.SHUTDOWN_GRACE_MS,
      proxyUrl: config.DELIVERY_PROXY_URL,
      allowPrivateTargets: config.PAYGATE_ALLOW_PRIVATE_TARGETS,
      retrySchedule,
    };
    const guard = new TargetGuard(config.PAYGATE_ALLOW_PRIVATE_TARGETS);
    const endpoints = EndpointsModule.forRoot(guard, health);
    const sending = SendingModule.forRoot(settings, endpoints);
    const resending = ResendingModule.forRoot(sending, endpoints);
    return {
      module: DispatcherModule,
      imports: [
        MessagingModule.forRoot({
          url: config.NATS_URL,
          service: 'dispatch',
          consumes: CONSUMED,
          // A repeated event is recognized by its message.
          events: { concurrency: EVENT_CONCURRENCY, confirmAcknowledgements: false },
        }),
        DataModule.forRoot({
          uri: config.MONGODB_URI,
          database: config.MONGODB_DATABASE,
          production: config.NODE_ENV === 'production',
          systemEncryptionKey: config.SYSTEM_ENCRYPTION_KEY,
        }),
        DeliveriesModule,
        endpoints,
        NotificationsModule.forRoot(sending, endpoints),
        resending,
        RetentionModule.forRoot({
          contentDays: config.RETENTION_DAYS,
          deliveryDays: Math.max(config.RETENTION_DAYS, config.DELIVERY_RETENTION_DAYS),
        }),
        ReplaysModule.forRoot(resending, endpoints),
      ],
    };
  }
}
