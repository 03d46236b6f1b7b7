import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { updateCheckoutMetadata } from '@paygate/messages';
import type { CheckoutView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import type { UpdateCheckoutBody } from './dto/update-checkout.body.js';

@Injectable()
export class UpdateCheckout {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `checkout_not_found` */
  async execute(scope: TenantScope, checkoutId: string, { metadata }: UpdateCheckoutBody): Promise<CheckoutView> {
    const id = pathId(checkoutId, 'checkout_not_found');
    return this.rpc.request(updateCheckoutMetadata, tenantRequest(scope, { checkoutId: id, metadata }));
  }
}
