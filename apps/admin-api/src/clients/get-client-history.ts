import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page, PageQuery } from '@paygate/nest-kit';
import { pathId } from '../validation-rules/index.js';
import { ClientChangesRepository } from './history/client-changes.repository.js';
import type { ClientChange } from './history/client-changes.repository.js';

@Injectable()
export class GetClientHistory {
  constructor(private readonly history: ClientChangesRepository) {}

  /** Also of a deleted client. @throws DomainError `client_not_found` */
  async execute(scope: TenantScope, id: string, query: PageQuery): Promise<Page<ClientChange>> {
    const page = await this.history.list(scope, pathId(id, 'client_not_found'), query);
    // Every client's history begins with its creation.
    if (page.total === 0) throw new DomainError('client_not_found');
    return page;
  }
}
