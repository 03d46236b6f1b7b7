import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { InboxRepository } from './inbox.repository.js';

@Injectable()
export class EmptyInbox {
  constructor(
    private readonly changes: Changes,
    private readonly inbox: InboxRepository,
  ) {}

  async execute(scope: TenantScope): Promise<void> {
    await this.changes.run(async (change) => {
      const requests = await this.inbox.empty(scope, change.session);
      const resource = { type: 'webhook_inbox', id: scope.organizationId };
      await change.record({ action: 'webhook_inbox.emptied', scope, resource, before: { requests } });
    });
  }
}
