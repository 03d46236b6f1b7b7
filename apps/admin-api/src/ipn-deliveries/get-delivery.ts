import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getDelivery } from '@paygate/messages';
import type { DeliveryDetail } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { deliveryIdOf } from './delivery-id.js';

@Injectable()
export class GetDelivery {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `delivery_not_found` */
  async execute(scope: TenantScope, deliveryId: string): Promise<DeliveryDetail> {
    return this.rpc.request(getDelivery, tenantRequest(scope, { deliveryId: deliveryIdOf(deliveryId) }));
  }
}
