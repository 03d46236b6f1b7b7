import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { settingsOf } from './site.js';
import { requireAuthority } from './site-authority.js';
import type { SiteAuthority } from './site-authority.js';
import { SitesRepository } from './sites.repository.js';

@Injectable()
export class DeleteSite {
  constructor(
    private readonly changes: Changes,
    private readonly sites: SitesRepository,
  ) {}

  /**
   * Its open checkouts can no longer be paid; payments in flight are decided and told.
   * @throws DomainError `site_not_found`, `live_mode_required`
   */
  async execute(scope: TenantScope, id: string, authority: SiteAuthority = 'every_site'): Promise<void> {
    const siteId = pathId(id, 'site_not_found');
    await this.changes.run(async (change) => {
      const site = await this.sites.find(scope, siteId, change.session);
      if (!site) throw new DomainError('site_not_found');
      requireAuthority(authority, site);
      await this.sites.markDeleted(scope, siteId, change.now, change.session);
      const resource = { type: 'site', id: siteId, name: site.name };
      await change.record({ action: 'site.deleted', scope, resource, before: settingsOf(site) });
      change.announce(siteSnapshot, siteId);
      change.accessChanged('site.deleted');
    });
  }
}
