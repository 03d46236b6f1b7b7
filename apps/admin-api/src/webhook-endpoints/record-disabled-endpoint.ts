import { Injectable } from '@nestjs/common';
import { Inbox } from '@paygate/data-kit';
import { tenantScopeOf } from '@paygate/messages';
import type { EndpointDisabled } from '@paygate/messages';
import type { ReceivedEvent } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { auditedResource } from './audited-endpoint.js';

const CONSUMER = 'webhook-endpoints';

/** Writes down that an endpoint was disabled because it does not work, once however often it is told. */
@Injectable()
export class RecordDisabledEndpoint {
  constructor(
    private readonly changes: Changes,
    private readonly inbox: Inbox,
  ) {}

  async execute({ id, payload }: Pick<ReceivedEvent<EndpointDisabled>, 'id' | 'payload'>): Promise<void> {
    const { reason: disabledReason, failingSince, consecutiveFailures } = payload;
    await this.changes.run(async (change) => {
      if (!(await this.inbox.firstTime(change.session, CONSUMER, id))) return;
      await change.record({
        action: 'webhook_endpoint.disabled',
        scope: tenantScopeOf(payload),
        resource: auditedResource(payload),
        before: { state: 'enabled' },
        after: { state: 'disabled', disabledReason, failingSince, consecutiveFailures },
      });
    });
  }
}
