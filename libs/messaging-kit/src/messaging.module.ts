import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Broadcasts } from './broadcasts/broadcasts.js';
import { ConfigBucket } from './config-bucket/config-bucket.js';
import { NatsSession } from './connection/nats-session.js';
import { DeadLetters } from './events/dead-letters.js';
import { EventPublisher } from './events/event-publisher.js';
import { EventServer } from './events/event-server.js';
import { MessagingLifecycle } from './messaging-lifecycle.js';
import { MessagingMetrics } from './messaging-metrics.js';
import { MESSAGING_OPTIONS } from './messaging-options.js';
import type { MessagingOptions } from './messaging-options.js';
import { RequestServer } from './rpc/request-server.js';
import { RpcClient } from './rpc/rpc-client.js';
import { HandlerRegistry } from './wiring/handler-registry.js';

/** One NATS connection per service and everything that runs over it. Needs the ServiceKitModule for metrics and health. */
@Global()
@Module({})
export class MessagingModule {
  /** The application is created once NATS has answered; see `startWithinMs`. */
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: options },
        { provide: NatsSession, useFactory: () => NatsSession.open(options) },
        HandlerRegistry,
        MessagingMetrics,
        RpcClient,
        RequestServer,
        EventServer,
        EventPublisher,
        DeadLetters,
        ConfigBucket,
        Broadcasts,
        MessagingLifecycle,
      ],
      exports: [RpcClient, EventPublisher, DeadLetters, ConfigBucket, Broadcasts],
    };
  }
}
