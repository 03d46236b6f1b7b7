import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { ForgetOldDeliveries } from './forget-old-deliveries.js';
import { OldDeliveriesStore } from './old-deliveries.store.js';
import { RetentionController } from './retention.controller.js';
import { RETENTION } from './retention.js';
import type { Retention } from './retention.js';
import { RetentionStore } from './retention.store.js';

/** Sets the database to the configured time when the service starts. */
@Injectable()
class RetentionSetup implements OnApplicationBootstrap {
  constructor(
    private readonly store: RetentionStore,
    @Inject(RETENTION) private readonly retention: Retention,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.store.keepFor(this.retention.contentDays);
  }
}

/** How long notifications, their contents and the answers of receivers are kept, and how they are erased. */
@Module({})
export class RetentionModule {
  static forRoot(retention: Retention): DynamicModule {
    return {
      module: RetentionModule,
      imports: [DeliveriesModule],
      controllers: [RetentionController],
      providers: [{ provide: RETENTION, useValue: retention }, RetentionStore, RetentionSetup, OldDeliveriesStore, ForgetOldDeliveries],
    };
  }
}
