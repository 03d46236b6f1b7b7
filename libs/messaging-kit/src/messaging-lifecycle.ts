import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { HealthRegistry } from '@paygate/nest-kit';
import { ConfigBucket } from './config-bucket/config-bucket.js';
import { NatsSession } from './connection/nats-session.js';
import { HandlerRegistry } from './wiring/handler-registry.js';

/** Proves the wiring when the application starts and closes the connection last. */
@Injectable()
export class MessagingLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(NatsSession) private readonly session: NatsSession,
    @Inject(HandlerRegistry) private readonly registry: HandlerRegistry,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(ConfigBucket) private readonly config: ConfigBucket,
  ) {}

  onModuleInit(): void {
    this.registry.prove();
    this.health.register('nats', () => this.session.ping(), { critical: true });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.config.close();
    await this.session.close();
  }
}
