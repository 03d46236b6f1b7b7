import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { SendingModule } from '../sending/index.js';
import type { SendingSettings } from '../sending/index.js';
import { SitesModule } from '../sites/index.js';
import { NotificationIntake } from './notification-intake.js';
import { NotificationRepository } from './notification.repository.js';
import { TransactionEventsController } from './transaction-events.controller.js';

/** From an event to stored deliveries. */
@Module({})
export class NotificationsModule {
  static forRoot(settings: SendingSettings): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [DeliveriesModule, SitesModule, SendingModule.forRoot(settings)],
      controllers: [TransactionEventsController],
      providers: [NotificationIntake, NotificationRepository],
    };
  }
}
