import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { deleteTransaction, getTransaction } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import { auditedTransaction } from './audited-transaction.js';

@Injectable()
export class DeleteTransaction {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `transaction_not_found`, `transaction_not_deletable`, `conflict` */
  async execute(scope: TenantScope, id: string): Promise<void> {
    const request = tenantRequest(scope, { transactionId: pathId(id, 'transaction_not_found') });
    const transaction = await this.rpc.request(getTransaction, request);
    const { status, amount, currency, providerType } = transaction;
    const intent = { action: 'transaction.deleted', scope, resource: auditedTransaction(transaction) } as const;
    await this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(deleteTransaction, request),
      deed: () => ({ ...intent, before: { status, amount, currency, providerType } }),
    });
  }
}
