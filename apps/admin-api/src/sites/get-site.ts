import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { pathId } from '../validation-rules/index.js';
import type { Site } from './site.js';
import { SitesRepository } from './sites.repository.js';

@Injectable()
export class GetSite {
  constructor(private readonly sites: SitesRepository) {}

  /** @throws DomainError `site_not_found`, the same whether the id is malformed, unknown, deleted or another organization's */
  async execute(scope: TenantScope, id: string): Promise<Site> {
    const site = await this.sites.find(scope, pathId(id, 'site_not_found'));
    if (!site) throw new DomainError('site_not_found');
    return site;
  }
}
