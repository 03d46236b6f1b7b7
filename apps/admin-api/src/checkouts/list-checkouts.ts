import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { listCheckouts } from '@paygate/messages';
import type { CheckoutView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import { periodOf } from '../validation-rules/index.js';
import type { ListCheckoutsQuery } from './dto/list-checkouts.query.js';

@Injectable()
export class ListCheckouts {
  constructor(private readonly rpc: RpcClient) {}

  async execute(scope: TenantScope, query: ListCheckoutsQuery): Promise<Page<CheckoutView>> {
    return this.rpc.request(listCheckouts, tenantRequest(scope, query, periodOf(query)));
  }
}
