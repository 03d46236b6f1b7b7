import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getCustomerRiskHold, listCustomerRiskHolds } from '@paygate/messages';
import type { CustomerRiskHoldView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import type { ListHoldsQuery } from './dto/hold.body.js';

@Injectable()
export class ReadHolds {
  constructor(private readonly rpc: RpcClient) {}

  async list(scope: TenantScope, query: ListHoldsQuery): Promise<Page<CustomerRiskHoldView>> {
    return this.rpc.request(listCustomerRiskHolds, tenantRequest(scope, query));
  }

  /** @throws DomainError `customer_risk_hold_not_found` */
  async get(scope: TenantScope, id: string): Promise<CustomerRiskHoldView> {
    const holdId = pathId(id, 'customer_risk_hold_not_found');
    return this.rpc.request(getCustomerRiskHold, tenantRequest(scope, { holdId }));
  }
}
