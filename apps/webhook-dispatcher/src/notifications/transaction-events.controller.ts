import { Controller } from '@nestjs/common';
import { TransactionStatusChanged, transactionStatusChanged } from '@paygate/messages';
import { HandlesEvent } from '@paygate/messaging-kit';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { NotificationIntake } from './notification-intake.js';

/** Hears of every status change of every transaction. */
@Controller()
export class TransactionEventsController {
  constructor(private readonly intake: NotificationIntake) {}

  @HandlesEvent(transactionStatusChanged)
  async statusChanged(event: ReceivedEvent<TransactionStatusChanged>): Promise<void> {
    await this.intake.accept(event);
  }
}
