import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { SitesModule } from '../sites/index.js';
import { NotificationIntake } from './notification-intake.js';
import { NotificationRepository } from './notification.repository.js';
import { TransactionEventsController } from './transaction-events.controller.js';

/** From an event to stored deliveries. */
@Module({})
export class NotificationsModule {
  /** @param sending the module that sends: there is one of it */
  static forRoot(sending: DynamicModule): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [DeliveriesModule, SitesModule, sending],
      controllers: [TransactionEventsController],
      providers: [NotificationIntake, NotificationRepository],
    };
  }
}
