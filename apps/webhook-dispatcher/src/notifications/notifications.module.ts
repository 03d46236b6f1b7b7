import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/index.js';
import { SitesModule } from '../sites/index.js';
import { FanOut } from './fan-out.js';
import { NotificationIntake } from './notification-intake.js';
import { NotificationRepository } from './notification.repository.js';
import { SingleNotificationsController } from './single-notifications.controller.js';
import { SingleNotifications } from './single-notifications.js';
import { AnnouncedEventsController } from './announced-events.controller.js';

/** From an event to stored deliveries. */
@Module({})
export class NotificationsModule {
  /**
   * @param sending the module that sends: there is one of it
   * @param endpoints the module of endpoints: as well
   */
  static forRoot(sending: DynamicModule, endpoints: DynamicModule): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [DeliveriesModule, SitesModule, sending, endpoints],
      controllers: [AnnouncedEventsController, SingleNotificationsController],
      providers: [NotificationIntake, NotificationRepository, FanOut, SingleNotifications],
    };
  }
}
