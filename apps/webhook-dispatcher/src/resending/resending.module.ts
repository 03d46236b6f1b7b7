import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { ResendDelivery } from './resend-delivery.js';
import { ResendingController } from './resending.controller.js';
import { ResendingRepository } from './resending.repository.js';

/** Sending once more what was finished. */
@Module({})
export class ResendingModule {
  /**
   * @param sending the module that sends: there is one of it
   * @param endpoints the module of endpoints: as well
   */
  static forRoot(sending: DynamicModule, endpoints: DynamicModule): DynamicModule {
    return {
      module: ResendingModule,
      imports: [DeliveriesModule, sending, endpoints],
      controllers: [ResendingController],
      providers: [ResendDelivery, ResendingRepository],
      exports: [ResendDelivery],
    };
  }
}
