import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { cancelTransaction } from '@paygate/messages';
import type { TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import { auditedTransaction } from './audited-transaction.js';

@Injectable()
export class CancelTransaction {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `transaction_not_found`, `transaction_not_cancellable`, `payment_in_progress`, `provider_error` */
  async execute(scope: TenantScope, id: string): Promise<TransactionView> {
    const transactionId = pathId(id, 'transaction_not_found');
    const intent = { action: 'transaction.cancelled', scope, resource: { type: 'transaction', id: transactionId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(cancelTransaction, tenantRequest(scope, { transactionId })),
      deed: (cancelled) => ({ ...intent, resource: auditedTransaction(cancelled), after: { status: cancelled.status } }),
    });
  }
}
