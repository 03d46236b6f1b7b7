import { Injectable } from '@nestjs/common';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { Site } from './site.js';
import { SitesRepository } from './sites.repository.js';

@Injectable()
export class ListSites {
  constructor(private readonly sites: SitesRepository) {}

  async execute(scope: TenantScope, selection: PageSelection): Promise<Page<Site>> {
    return this.sites.page(scope, selection);
  }
}
