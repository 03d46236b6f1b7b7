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

  async execute(scope: TenantScope, query: ListDeliveriesQuery): Promise<Page<DeliveryView>> {
    return this.rpc.request(listDeliveries, tenantRequest(scope, query, { family: 'site_ipn' as const }));
  }
}
