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
import { referenceKeyOf } from '../deliveries/index.js';
import { NotificationIntake } from './notification-intake.js';

/** Two lanes, so that the database is not idle while a group is being put together. */
const GROUPS = { lanes: 2, maxSize: 128 };

/** Hears of every status change of every transaction and refund, and of endpoints that were disabled. */
@Controller()
export class AnnouncedEventsController {
  constructor(private readonly intake: NotificationIntake) {}

  @HandlesEventGroups(transactionStatusChanged, { ...GROUPS, laneOf: ({ payload }) => referenceKeyOf(payload) })
  async statusChanged(events: ReceivedEvent<TransactionStatusChanged>[]): Promise<void> {
    await this.intake.acceptTransactions(events);
  }

  @HandlesEventGroups(refundStatusChanged, { ...GROUPS, laneOf: ({ payload }) => payload.refundId })
  async refundChanged(events: ReceivedEvent<RefundStatusChanged>[]): Promise<void> {
    await this.intake.acceptRefunds(events);
  }

  @HandlesEventGroups(endpointDisabled, { ...GROUPS, laneOf: ({ id }) => id })
  async endpointDisabled(events: ReceivedEvent<EndpointDisabled>[]): Promise<void> {
    await this.intake.acceptDisablings(events);
  }
}
