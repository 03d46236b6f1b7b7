import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Page, PageQuery } from '@paygate/nest-kit';
import { InboxRepository } from './inbox.repository.js';
import type { InboxEntry } from './inbox.repository.js';

@Injectable()
export class ListInbox {
  constructor(private readonly inbox: InboxRepository) {}

  async execute(scope: TenantScope, query: PageQuery): Promise<Page<InboxEntry>> {
    return this.inbox.page(scope, query);
  }
}
