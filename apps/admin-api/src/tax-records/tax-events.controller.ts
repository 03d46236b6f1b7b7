import { Controller } from '@nestjs/common';
import { TaxMoved, taxMoved } from '@paygate/messages';
import { HandlesEvent } from '@paygate/messaging-kit';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { RecordTaxMovement } from './record-tax-movement.js';

/** What payments tell of their tax. */
@Controller()
export class TaxEventsController {
  constructor(private readonly recording: RecordTaxMovement) {}

  @HandlesEvent(taxMoved)
  async moved({ payload }: ReceivedEvent<TaxMoved>): Promise<void> {
    await this.recording.execute(payload);
  }
}
