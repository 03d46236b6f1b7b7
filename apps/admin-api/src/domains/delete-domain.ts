import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { domainSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { DomainsRepository } from './domains.repository.js';

@Injectable()
export class DeleteDomain {
  constructor(
    private readonly changes: Changes,
    private readonly domains: DomainsRepository,
  ) {}

  /** @throws DomainError `domain_not_found` */
  async execute(scope: TenantScope, id: string): Promise<void> {
    await this.changes.run(async (change) => {
      const domain = await this.domains.find(scope, pathId(id, 'domain_not_found'), change.session);
      if (!domain) throw new DomainError('domain_not_found');
      await this.domains.delete(scope, domain.id, change.session);
      const resource = { type: 'domain', id: domain.id, name: domain.domain };
      const { siteId, status } = domain;
      await change.record({ action: 'domain.deleted', scope, resource, before: { domain: domain.domain, siteId, status } });
      change.announce(domainSnapshot, domain.id);
    });
  }
}
