import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { HealthRegistry } from '@paygate/nest-kit';
import type { Connection } from 'mongoose';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { createDeclaredIndexes } from './create-indexes.js';

/** Starts and stops what lives as long as the service: indexes first, the relay last; the connection outlives the relay. */
@Injectable()
export class DataLifecycle implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(getConnectionToken()) private readonly connection: Connection,
    private readonly relay: OutboxRelay,
    private readonly health: HealthRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.health.register('mongodb', () => this.ping(), { critical: true });
    await createDeclaredIndexes(this.connection);
  }

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  /** The last hook of the shutdown: requests and messages in flight have ended and left their events in the outbox. */
  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    await this.connection.close();
  }

  private async ping(): Promise<void> {
    await this.connection.getClient().db('admin').command({ ping: 1 });
  }
}
