import { Injectable } from '@nestjs/common';
import { DomainError, ERRORS, newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { domainSnapshot } from '@paygate/messages';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes, refuseDuplicate } from '../changes/index.js';
import { SitesRepository } from '../sites/index.js';
import { DomainsRepository } from './domains.repository.js';
import type { CreateDomainBody } from './dto/create-domain.body.js';
import type { DomainResponse } from './dto/domain.response.js';
import { PlatformHosts } from './platform-hosts.js';
import { PresentDomain } from './present-domain.js';

@Injectable()
export class CreateDomain {
  constructor(
    private readonly changes: Changes,
    private readonly domains: DomainsRepository,
    private readonly sites: SitesRepository,
    private readonly hosts: PlatformHosts,
    private readonly present: PresentDomain,
  ) {}

  /** @throws DomainError `validation_failed` for a name of the platform, `site_not_found`, `already_exists` */
  async execute(scope: TenantScope, { domain, siteId }: CreateDomainBody, claim?: IdempotencyClaim): Promise<DomainResponse> {
    this.refusePlatformHost(domain);
    return this.changes.once(scope, 'domain.create', claim, async (change) => {
      const wanted = { domain, siteId: siteId?.toLowerCase() };
      await this.requireSite(scope, wanted.siteId);
      const created = await refuseDuplicate('domain', () => this.domains.insert(scope, { id: newObjectId(), ...wanted }, change.session));
      const resource = { type: 'domain', id: created.id, name: domain };
      await change.record({ action: 'domain.created', scope, resource, after: wanted });
      change.announce(domainSnapshot, created.id);
      return this.present.of(created);
    });
  }

  private refusePlatformHost(domain: string): void {
    if (!this.hosts.own(domain)) return;
    const expected = 'a host name of your own, not one of this platform';
    throw DomainError.invalid({ field: 'domain', code: 'platform_host', message: `domain must be ${expected}.`, expected });
  }

  private async requireSite(scope: TenantScope, siteId: string | undefined): Promise<void> {
    if (siteId === undefined || (await this.sites.find(scope, siteId))) return;
    throw new DomainError('site_not_found', undefined, [{ field: 'siteId', code: 'site_not_found', message: ERRORS.site_not_found.title }]);
  }
}
