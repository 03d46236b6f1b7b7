import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { DomainsRepository } from './domains.repository.js';
import type { Domain } from './domains.repository.js';
import type { ListDomainsQuery } from './dto/list-domains.query.js';

@Injectable()
export class ListDomains {
  constructor(private readonly domains: DomainsRepository) {}

  async execute(scope: TenantScope, query: ListDomainsQuery): Promise<Page<Domain>> {
    return this.domains.page(scope, { status: query.status, siteId: query.siteId?.toLowerCase() }, query);
  }
}
