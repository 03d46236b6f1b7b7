import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataModule } from '@paygate/data-kit';
import { getDelivery, listDeliveries, resendDelivery, transactionStatusChanged } from '@paygate/messages';
import { MessagingModule } from '@paygate/messaging-kit';
import { DeliveriesModule } from './deliveries/index.js';
import type { DispatcherConfig } from './dispatcher-config.js';
import { NotificationsModule } from './notifications/index.js';
import { ResendingModule } from './resending/index.js';
import { SendingModule } from './sending/index.js';
import type { SendingSettings } from './sending/index.js';

/** Events handled at the same time; they are stored in groups, so most of them wait for company and not for the database. */
const EVENT_CONCURRENCY = 400;

@Module({})
export class DispatcherModule {
  static forRoot(config: DispatcherConfig, retrySchedule: readonly number[]): DynamicModule {
    const settings: SendingSettings = {
      redisUrl: config.REDIS_URL,
      timeoutMs: config.DELIVERY_TIMEOUT_MS,
      concurrency: config.DELIVERY_CONCURRENCY,
      concurrencyPerOrigin: config.DELIVERY_CONCURRENCY_PER_ORIGIN,
      sweepMs: config.DELIVERY_SWEEP_MS,
      shutdownGraceMs: config.SHUTDOWN_GRACE_MS,
      allowPrivateTargets: config.PAYGATE_ALLOW_PRIVATE_TARGETS,
      retrySchedule,
    };
    const sending = SendingModule.forRoot(settings);
    return {
      module: DispatcherModule,
      imports: [
        MessagingModule.forRoot({
          url: config.NATS_URL,
          service: 'dispatch',
          consumes: [transactionStatusChanged, listDeliveries, getDelivery, resendDelivery],
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
        NotificationsModule.forRoot(sending),
        ResendingModule.forRoot(sending),
      ],
    };
  }
}
