import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { listBankReceipts } from '@paygate/messages';
import type { BankReceiptView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { Page } from '@paygate/nest-kit';
import { tenantRequest } from '../upstream/index.js';
import type { ListBankReceiptsQuery } from './dto/list-bank-receipts.query.js';

@Injectable()
export class ListBankReceipts {
  constructor(private readonly rpc: RpcClient) {}

  async execute(scope: TenantScope, query: ListBankReceiptsQuery): Promise<Page<BankReceiptView>> {
    return this.rpc.request(listBankReceipts, tenantRequest(scope, query));
  }
}
