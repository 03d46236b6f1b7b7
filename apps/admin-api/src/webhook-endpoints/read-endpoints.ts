import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { endpointStatistics, getEndpoint, listEndpoints } from '@paygate/messages';
import type { EndpointSlot, EndpointStatistics, EndpointView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import { periodOf } from '../validation-rules/index.js';
import type { Period } from '../validation-rules/index.js';
import type { ListEndpointsQuery } from './dto/endpoint.query.js';
import { endpointIdOf } from './endpoint-id.js';

@Injectable()
export class ReadEndpoints {
  constructor(private readonly rpc: RpcClient) {}

  async list(scope: TenantScope, query: ListEndpointsQuery): Promise<Page<EndpointView>> {
    return this.rpc.request(listEndpoints, tenantRequest(scope, query));
  }

  /** @throws DomainError `endpoint_not_found` */
  async get(scope: TenantScope, id: string): Promise<EndpointView> {
    return this.rpc.request(getEndpoint, tenantRequest(scope, { endpointId: endpointIdOf(id) }));
  }

  /** The one endpoint of settings that have one. */
  async inSlot(scope: TenantScope, slot: EndpointSlot): Promise<EndpointView | undefined> {
    const { items } = await this.rpc.request(listEndpoints, tenantRequest(scope, { slot, page: 1, limit: 1 }));
    return items[0];
  }

  /** @throws DomainError `endpoint_not_found`, `validation_failed` for a period that is too long */
  async statistics(scope: TenantScope, id: string, period: Period): Promise<EndpointStatistics> {
    return this.rpc.request(endpointStatistics, tenantRequest(scope, periodOf(period), { endpointId: endpointIdOf(id) }));
  }
}
