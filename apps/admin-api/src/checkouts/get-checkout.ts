import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getCheckout } from '@paygate/messages';
import type { CheckoutView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class GetCheckout {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `checkout_not_found` */
  async execute(scope: TenantScope, checkoutId: string): Promise<CheckoutView> {
    return this.rpc.request(getCheckout, tenantRequest(scope, { checkoutId: pathId(checkoutId, 'checkout_not_found') }));
  }
}
