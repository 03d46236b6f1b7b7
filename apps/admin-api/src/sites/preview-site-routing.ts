import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { previewRouting } from '@paygate/messages';
import type { RoutingPreview } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import type { PreviewRoutingQuery } from './dto/preview-routing.query.js';
import { GetSite } from './get-site.js';

@Injectable()
export class PreviewSiteRouting {
  constructor(
    private readonly getting: GetSite,
    private readonly rpc: RpcClient,
  ) {}

  /**
   * Asks where payments are routed, so the answer is what buyers are offered now, the health of providers included.
   * @throws DomainError `site_not_found`, `site_inactive`
   */
  async execute(scope: TenantScope, id: string, { amount, currency, country, method }: PreviewRoutingQuery): Promise<RoutingPreview> {
    const { id: siteId } = await this.getting.execute(scope, id);
    return this.rpc.request(previewRouting, tenantRequest(scope, { siteId, amount, currency, country, method }));
  }
}
