import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction, listRefunds } from '@paygate/messages';
import type { RefundView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page, PageQuery } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId, periodOf } from '../validation-rules/index.js';
import type { ListRefundsQuery } from './dto/list-refunds.query.js';

@Injectable()
export class ListRefunds {
  constructor(private readonly rpc: RpcClient) {}

  async execute(scope: TenantScope, query: ListRefundsQuery): Promise<Page<RefundView>> {
    return this.rpc.request(listRefunds, tenantRequest(scope, query, periodOf(query)));
  }

  /** @throws DomainError `transaction_not_found`, which an empty list would not tell */
  async ofTransaction(scope: TenantScope, id: string, query: PageQuery): Promise<Page<RefundView>> {
    const transactionId = pathId(id, 'transaction_not_found');
    await this.rpc.request(getTransaction, tenantRequest(scope, { transactionId }));
    return this.rpc.request(listRefunds, tenantRequest(scope, query, { transactionId }));
  }
}
