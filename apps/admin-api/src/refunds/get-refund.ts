import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getRefund } from '@paygate/messages';
import type { RefundView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class GetRefund {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `refund_not_found` */
  async execute(scope: TenantScope, id: string): Promise<RefundView> {
    return this.rpc.request(getRefund, tenantRequest(scope, { refundId: pathId(id, 'refund_not_found') }));
  }
}
