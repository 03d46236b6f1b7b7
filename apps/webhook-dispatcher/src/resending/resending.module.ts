import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { ResendDelivery } from './resend-delivery.js';
import { ResendingController } from './resending.controller.js';
import { ResendingRepository } from './resending.repository.js';

/** Sending once more what was finished. */
@Module({})
export class ResendingModule {
  /** @param sending the module that sends: there is one of it */
  static forRoot(sending: DynamicModule): DynamicModule {
    return {
      module: ResendingModule,
      imports: [DeliveriesModule, sending],
      controllers: [ResendingController],
      providers: [ResendDelivery, ResendingRepository],
    };
  }
}
