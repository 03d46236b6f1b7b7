import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ATTEMPT_MODEL, attemptSchema } from './attempt.schema.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryRequestsController } from './delivery-requests.controller.js';
import { DELIVERY_MODEL, deliverySchema } from './delivery.schema.js';
import { MESSAGE_MODEL, messageSchema } from './message.schema.js';
import { REFERENCE_MODEL, referenceSchema } from './reference.schema.js';

const models = MongooseModule.forFeature([
  { name: MESSAGE_MODEL, schema: messageSchema },
  { name: DELIVERY_MODEL, schema: deliverySchema },
  { name: ATTEMPT_MODEL, schema: attemptSchema },
  { name: REFERENCE_MODEL, schema: referenceSchema },
]);

/** What is stored of notifications, and the questions other services may ask about them. */
@Module({ imports: [models], controllers: [DeliveryRequestsController], providers: [DeliveriesRepository], exports: [models] })
export class DeliveriesModule {}
