import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { getDelivery } from '@paygate/messages';
import type { DeliveryDetail } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';

@Injectable()
export class GetDelivery {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `delivery_not_found` */
  async execute(scope: TenantScope, deliveryId: string): Promise<DeliveryDetail> {
    // The form every delivery id has; what lacks it cannot exist.
    if (!/^[A-Za-z0-9._:-]{1,128}$/.test(deliveryId)) throw new DomainError('delivery_not_found');
    return this.rpc.request(getDelivery, tenantRequest(scope, { deliveryId }));
  }
}
