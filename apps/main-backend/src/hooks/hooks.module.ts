import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationModule } from '../configuration/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { HooksController } from './hooks.controller.js';
import { ProcessProviderEvents } from './process-provider-events.js';
import { PROVIDER_EVENT_MODEL, providerEventSchema } from './provider-event.schema.js';
import { ProviderEventsRepository } from './provider-events.repository.js';
import { ReceiveProviderEvent } from './receive-provider-event.js';

@Module({
  imports: [
    MongooseModule.forFeature([{ name: PROVIDER_EVENT_MODEL, schema: providerEventSchema }]),
    ConfigurationModule,
    TransactionsModule,
  ],
  controllers: [HooksController],
  providers: [ProviderEventsRepository, ReceiveProviderEvent, ProcessProviderEvents],
})
export class HooksModule {}
