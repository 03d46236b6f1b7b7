import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import { Changes, refuseDuplicate } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { OfferedProviders, requireOffered } from './offered-providers.js';
import { canonicalRules } from './routing-rules.js';
import { settingsOf } from './site.js';
import type { Site, SiteChange } from './site.js';
import { requireAuthority } from './site-authority.js';
import type { SiteAuthority } from './site-authority.js';
import { SitesRepository } from './sites.repository.js';

@Injectable()
export class UpdateSite {
  constructor(
    private readonly changes: Changes,
    private readonly sites: SitesRepository,
    private readonly offered: OfferedProviders,
  ) {}

  /**
   * Changes the given settings; of branding and invoicing, too, only what is given.
   * @throws DomainError `site_not_found`, `already_exists`, `validation_failed`, `live_mode_required`
   */
  async execute(scope: TenantScope, id: string, wanted: SiteChange, authority: SiteAuthority = 'every_site'): Promise<Site> {
    const siteId = pathId(id, 'site_not_found');
    return this.changes.run(async (change) => {
      // Read in the transaction: what the audit log calls the state before is the one this change replaced.
      const site = await this.sites.find(scope, siteId, change.session);
      if (!site) throw new DomainError('site_not_found');
      requireAuthority(authority, site);
      requireAuthority(authority, { testOnly: wanted.testOnly ?? site.testOnly });
      const complete = await this.withProviders(scope, site, wanted, change);
      const updated = await refuseDuplicate('name', () => this.sites.change(scope, siteId, complete, change.session));
      if (!updated) throw new DomainError('site_not_found');
      const resource = { type: 'site', id: siteId, name: updated.name };
      await change.record({ action: 'site.updated', scope, resource, before: settingsOf(site), after: settingsOf(updated) });
      change.announce(siteSnapshot, siteId);
      change.accessChanged('site.updated');
      return updated;
    });
  }

  /** A default that is no longer offered is none, and so are rules about such providers. */
  private async withProviders(scope: TenantScope, site: Site, wanted: SiteChange, change: Change): Promise<SiteChange> {
    if (!wanted.providerIds && !wanted.routing) return this.withDefault(site, wanted);
    const providerIds = wanted.providerIds ?? site.providerIds;
    const offered = await this.offered.require(scope, providerIds, change.session);
    const rules = wanted.routing ?? site.routing.filter(({ providerId }) => providerIds.includes(providerId));
    return this.withDefault(site, { ...wanted, routing: canonicalRules(rules, offered) });
  }

  private withDefault(site: Site, wanted: SiteChange): SiteChange {
    const providerIds = wanted.providerIds ?? site.providerIds;
    if (wanted.defaultProviderId) requireOffered(wanted.defaultProviderId, providerIds);
    const isLost = site.defaultProviderId !== undefined && !providerIds.includes(site.defaultProviderId);
    return isLost && wanted.defaultProviderId === undefined ? { ...wanted, defaultProviderId: null } : wanted;
  }
}
