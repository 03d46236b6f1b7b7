import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { listChargebacks } from '@paygate/messages';
import type { ChargebackView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import { periodOf } from '../validation-rules/index.js';
import type { ListChargebacksQuery } from './dto/list-chargebacks.query.js';

@Injectable()
export class ListChargebacks {
  constructor(private readonly rpc: RpcClient) {}

  async execute(scope: TenantScope, query: ListChargebacksQuery): Promise<Page<ChargebackView>> {
    return this.rpc.request(listChargebacks, tenantRequest(scope, query, periodOf(query)));
  }
}
