import { Injectable } from '@nestjs/common';
import { DomainError, isObjectId, systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { ShortCache } from '../short-cache/index.js';
import { SitesRepository } from './sites.repository.js';
import type { Site } from './sites.repository.js';

/** Finds the site a checkout is created for. Asked on every create, so its answers are kept for a second. */
@Injectable()
export class SiteDirectory {
  private readonly cache = new ShortCache<Site | undefined>({ ttlMs: 1000, maxEntries: 10_000, clock: systemClock });

  constructor(private readonly sites: SitesRepository) {}

  /**
   * @throws DomainError `site_not_found`, the same whether the id is malformed, unknown or another organization's;
   *   `forbidden` when the site is switched off
   */
  async requireActive(scope: TenantScope, siteId: string): Promise<Site> {
    const id = siteId.toLowerCase();
    const site = isObjectId(id) ? await this.find(scope, id) : undefined;
    if (!site) throw new DomainError('site_not_found');
    if (!site.active) throw new DomainError('forbidden', 'The site is switched off.');
    return site;
  }

  private find(scope: TenantScope, id: string): Promise<Site | undefined> {
    return this.cache.get(`${scope.organizationId}/${id}`, () => this.sites.find(scope, id));
  }
}
