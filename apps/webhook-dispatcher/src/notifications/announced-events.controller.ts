import { Controller } from '@nestjs/common';
import {
  EndpointDisabled,
  endpointDisabled,
  RefundStatusChanged,
  refundStatusChanged,
  TransactionStatusChanged,
  transactionStatusChanged,
} from '@paygate/messages';
import { HandlesEventGroups } from '@paygate/messaging-kit';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { NotificationIntake } from './notification-intake.js';

/** One group at a time, and large ones: the database commands of a group cost as much as a hundred of its events. */
const GROUPS = { maxSize: 300 };

/** Hears of every status change of every transaction and refund, and of endpoints that were disabled. */
@Controller()
export class AnnouncedEventsController {
  constructor(private readonly intake: NotificationIntake) {}

  @HandlesEventGroups(transactionStatusChanged, GROUPS)
  async statusChanged(events: ReceivedEvent<TransactionStatusChanged>[]): Promise<void> {
    await this.intake.acceptTransactions(events);
  }

  @HandlesEventGroups(refundStatusChanged, GROUPS)
  async refundChanged(events: ReceivedEvent<RefundStatusChanged>[]): Promise<void> {
    await this.intake.acceptRefunds(events);
  }

  @HandlesEventGroups(endpointDisabled, GROUPS)
  async endpointDisabled(events: ReceivedEvent<EndpointDisabled>[]): Promise<void> {
    await this.intake.acceptDisablings(events);
  }
}
