import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getTransactionTax } from '@paygate/messages';
import type { TransactionTaxDecision } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class GetTransactionTax {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `transaction_not_found` */
  async execute(scope: TenantScope, id: string): Promise<TransactionTaxDecision> {
    const transactionId = pathId(id, 'transaction_not_found');
    return this.rpc.request(getTransactionTax, tenantRequest(scope, { transactionId }));
  }
}
