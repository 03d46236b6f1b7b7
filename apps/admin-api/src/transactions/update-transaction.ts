import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getTransaction, updateTransactionMetadata } from '@paygate/messages';
import type { TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import { auditedTransaction } from './audited-transaction.js';
import type { UpdateTransactionBody } from './dto/update-transaction.body.js';

@Injectable()
export class UpdateTransaction {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `transaction_not_found` */
  async execute(scope: TenantScope, id: string, { metadata }: UpdateTransactionBody): Promise<TransactionView> {
    const transactionId = pathId(id, 'transaction_not_found');
    const before = await this.rpc.request(getTransaction, tenantRequest(scope, { transactionId }));
    const intent = { action: 'transaction.updated', scope, resource: auditedTransaction(before) } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(updateTransactionMetadata, tenantRequest(scope, { transactionId, metadata })),
      deed: (updated) => ({ ...intent, before: { metadata: before.metadata }, after: { metadata: updated.metadata } }),
    });
  }
}
