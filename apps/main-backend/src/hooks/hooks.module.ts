import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { BankReceiptsModule } from '../bank-receipts/index.js';
import { ChargebacksModule } from '../chargebacks/index.js';
import { ConfigurationModule } from '../configuration/index.js';
import { RefundsModule } from '../refunds/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { ApplySubject } from './apply-subject.js';
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
    BankReceiptsModule,
    RefundsModule,
    ChargebacksModule,
  ],
  controllers: [HooksController],
  providers: [ProviderEventsRepository, ApplySubject, ReceiveProviderEvent, ProcessProviderEvents],
})
export class HooksModule {}
