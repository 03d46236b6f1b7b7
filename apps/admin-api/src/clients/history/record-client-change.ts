import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { currentContext } from '@paygate/nest-kit';
import { differences } from '../../audit-trail/index.js';
import type { Change } from '../../changes/index.js';
import { detailsOf } from '../client.js';
import type { Client } from '../client.js';
import type { ClientChangeAction } from './client-change.schema.js';
import { ClientChangesRepository } from './client-changes.repository.js';

/** The organization's log is read by more people than its clients: there a personal value is only known to have changed. */
const PERSONAL = [
  'email',
  'firstName',
  'lastName',
  'company',
  'phone',
  'billingAddress',
  'shippingAddress',
  'notes',
  'metadata',
  'taxInfo.taxId',
  'taxInfo.peppolRoutingAddress.value',
];

/** Writes a change of a client into its history, and into the log of the organization with personal values masked. */
@Injectable()
export class RecordClientChange {
  constructor(private readonly history: ClientChangesRepository) {}

  /** In the transaction of the change. Answers false, and writes nothing, when nothing differs. */
  async record(
    change: Change,
    scope: TenantScope,
    action: ClientChangeAction,
    was: Client | undefined,
    is: Client | undefined,
  ): Promise<boolean> {
    const clientId = (is ?? was)?.id;
    const [before, after] = [was && detailsOf(was), is && detailsOf(is)];
    const changes = differences(before, after);
    if (clientId === undefined || changes.length === 0) return false;
    const { actor = 'system', actorName, requestId } = currentContext() ?? {};
    await this.history.append(scope, { clientId, action, changes, actor, actorName, requestId, at: change.now }, change.session);
    await change.record({ action: `client.${action}`, scope, resource: { type: 'client', id: clientId }, before, after, masked: PERSONAL });
    return true;
  }
}
