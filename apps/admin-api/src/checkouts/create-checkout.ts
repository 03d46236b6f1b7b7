import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { createCheckout } from '@paygate/messages';
import type { CreatedCheckout } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { claimOf } from '../changes/index.js';
import { SiteDirectory } from '../sites/index.js';
import type { CreateCheckoutBody } from './dto/create-checkout.body.js';
import { canonicalCheckout } from './intake/index.js';

@Injectable()
export class CreateCheckout {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly rpc: RpcClient,
  ) {}

  /** @throws DomainError `site_not_found`, `site_inactive`, `live_mode_required`, `validation_failed`, `items_sum_mismatch`, `idempotency_key_reused` */
  async execute(
    scope: TenantScope,
    siteId: string,
    body: CreateCheckoutBody,
    idempotencyKey: string | string[] | undefined,
  ): Promise<CreatedCheckout> {
    const site = await this.sites.requireActive(scope, siteId);
    const command = canonicalCheckout(scope, site.id, body);
    command.idempotency = claimOf(idempotencyKey, command);
    return this.rpc.request(createCheckout, command);
  }
}
