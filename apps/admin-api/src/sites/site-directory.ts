import { Injectable } from '@nestjs/common';
import { DomainError, ERRORS, isObjectId, systemClock } from '@paygate/kernel';
import type { FieldProblem, TenantScope } from '@paygate/kernel';
import { ShortCache } from '../short-cache/index.js';
import { SitesRepository } from './sites.repository.js';
import type { Site } from './sites.repository.js';

const UNKNOWN_SITE: FieldProblem = {
  field: 'siteId',
  code: 'site_not_found',
  message: ERRORS.site_not_found.title,
  expected: 'the id of a site of the organization of the key',
};

/** Finds the site a checkout is created for. Asked on every create, so its answers are kept for a second. */
@Injectable()
export class SiteDirectory {
  private readonly cache = new ShortCache<Site | undefined>({ ttlMs: 1000, maxEntries: 10_000, clock: systemClock });

  constructor(private readonly sites: SitesRepository) {}

  /**
   * @throws DomainError `site_not_found`, the same whether the id is malformed, unknown or another organization's;
   *   `site_inactive` when it is switched off
   */
  async requireActive(scope: TenantScope, siteId: string): Promise<Site> {
    const id = siteId.toLowerCase();
    const site = isObjectId(id) ? await this.find(scope, id) : undefined;
    if (!site) throw new DomainError('site_not_found', undefined, [UNKNOWN_SITE]);
    if (!site.active) throw new DomainError('site_inactive');
    return site;
  }

  private find(scope: TenantScope, id: string): Promise<Site | undefined> {
    return this.cache.get(`${scope.organizationId}/${id}`, () => this.sites.find(scope, id));
  }
}
