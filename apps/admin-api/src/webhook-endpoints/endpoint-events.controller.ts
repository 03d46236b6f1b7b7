import { Controller } from '@nestjs/common';
import { EndpointDisabled, endpointDisabled } from '@paygate/messages';
import { HandlesEvent } from '@paygate/messaging-kit';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { RecordDisabledEndpoint } from './record-disabled-endpoint.js';

/** What the dispatcher tells of endpoints. */
@Controller()
export class EndpointEventsController {
  constructor(private readonly recording: RecordDisabledEndpoint) {}

  @HandlesEvent(endpointDisabled)
  async disabled(event: ReceivedEvent<EndpointDisabled>): Promise<void> {
    await this.recording.execute(event);
  }
}
