import { Controller } from '@nestjs/common';
import {
  EndpointDisabled,
  endpointDisabled,
  RefundStatusChanged,
  refundStatusChanged,
  TransactionStatusChanged,
  transactionStatusChanged,
} from '@paygate/messages';
import { HandlesEvent } from '@paygate/messaging-kit';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { NotificationIntake } from './notification-intake.js';

/** Hears of every status change of every transaction and refund, and of endpoints that were disabled. */
@Controller()
export class AnnouncedEventsController {
  constructor(private readonly intake: NotificationIntake) {}

  @HandlesEvent(transactionStatusChanged)
  async statusChanged(event: ReceivedEvent<TransactionStatusChanged>): Promise<void> {
    await this.intake.acceptTransaction(event);
  }

  @HandlesEvent(refundStatusChanged)
  async refundChanged(event: ReceivedEvent<RefundStatusChanged>): Promise<void> {
    await this.intake.acceptRefund(event);
  }

  @HandlesEvent(endpointDisabled)
  async endpointDisabled(event: ReceivedEvent<EndpointDisabled>): Promise<void> {
    await this.intake.acceptDisabling(event);
  }
}
