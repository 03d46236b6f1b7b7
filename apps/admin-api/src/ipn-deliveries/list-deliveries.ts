import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { listDeliveries } from '@paygate/messages';
import type { DeliveryView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import type { ListDeliveriesQuery } from './dto/list-deliveries.query.js';

@Injectable()
export class ListDeliveries {
  constructor(private readonly rpc: RpcClient) {}

  /** Those to sites, unless another family or an endpoint is asked for. */
  async execute(scope: TenantScope, query: ListDeliveriesQuery): Promise<Page<DeliveryView>> {
    const family = query.family ?? (query.endpointId === undefined ? ('site_ipn' as const) : undefined);
    return this.rpc.request(listDeliveries, tenantRequest(scope, query, { family }));
  }
}
