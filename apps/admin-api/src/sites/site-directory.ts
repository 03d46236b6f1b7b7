import { Injectable } from '@nestjs/common';
import { DomainError, ERRORS, isObjectId } from '@paygate/kernel';
import type { FieldProblem, TenantScope } from '@paygate/kernel';
import { AccessMemory } from '../short-cache/index.js';
import type { ShortCache } from '../short-cache/index.js';
import type { Site } from './site.js';
import { SitesRepository } from './sites.repository.js';

const UNKNOWN_SITE: FieldProblem = {
  field: 'siteId',
  code: 'site_not_found',
  message: ERRORS.site_not_found.title,
  expected: 'the id of a site of the organization of the key',
};

/** Finds the site a checkout is created for. Asked on every create, so its answers are kept for a moment. */
@Injectable()
export class SiteDirectory {
  private readonly cache: ShortCache<Site | undefined>;

  constructor(
    private readonly sites: SitesRepository,
    memory: AccessMemory,
  ) {
    this.cache = memory.newCache();
  }

  /**
   * @throws DomainError `site_not_found`, the same whether the id is malformed, unknown, deleted or another organization's;
   *   `site_inactive` when it is switched off; `live_mode_required` for a live checkout on a site for tests
   */
  async requireActive(scope: TenantScope, siteId: string): Promise<Site> {
    const id = siteId.toLowerCase();
    const site = isObjectId(id) ? await this.find(scope, id) : undefined;
    if (!site) throw new DomainError('site_not_found', undefined, [UNKNOWN_SITE]);
    if (site.testOnly && scope.livemode) {
      throw new DomainError('live_mode_required', 'This site serves test checkouts only; use a test key, or a site for live ones.');
    }
    if (!site.active) throw new DomainError('site_inactive');
    return site;
  }

  private find(scope: TenantScope, id: string): Promise<Site | undefined> {
    return this.cache.get(`${scope.organizationId}/${id}`, () => this.sites.find(scope, id));
  }
}
