import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { listTransactions } from '@paygate/messages';
import type { TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import { periodOf } from '../validation-rules/index.js';
import type { ListTransactionsQuery } from './dto/list-transactions.query.js';

@Injectable()
export class ListTransactions {
  constructor(private readonly rpc: RpcClient) {}

  async execute(scope: TenantScope, query: ListTransactionsQuery): Promise<Page<TransactionView>> {
    return this.rpc.request(listTransactions, tenantRequest(scope, query, periodOf(query)));
  }
}
