import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { RetentionController } from './retention.controller.js';
import { RetentionStore } from './retention.store.js';

const RETENTION_DAYS = Symbol('RETENTION_DAYS');

/** Sets the database to the configured time when the service starts. */
@Injectable()
class RetentionSetup implements OnApplicationBootstrap {
  constructor(
    private readonly store: RetentionStore,
    @Inject(RETENTION_DAYS) private readonly days: number,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.store.keepFor(this.days);
  }
}

/** How long contents of notifications and answers of receivers are kept, and how they are erased. */
@Module({})
export class RetentionModule {
  static forRoot(days: number): DynamicModule {
    return {
      module: RetentionModule,
      imports: [DeliveriesModule],
      controllers: [RetentionController],
      providers: [{ provide: RETENTION_DAYS, useValue: days }, RetentionStore, RetentionSetup],
    };
  }
}
