import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { getTransactionTax, recalculateTransactionTax } from '@paygate/messages';
import type { TransactionTaxDecision } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class RecalculateTransactionTax {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `transaction_not_found` */
  async execute(scope: TenantScope, id: string): Promise<TransactionTaxDecision> {
    const transactionId = pathId(id, 'transaction_not_found');
    const request = tenantRequest(scope, { transactionId });
    const before = auditedTax(await this.rpc.request(getTransactionTax, request));
    const intent = { action: 'transaction.tax_recalculated', scope, resource: { type: 'transaction', id: transactionId }, before } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(recalculateTransactionTax, request),
      deed: (decision) => ({ ...intent, after: auditedTax(decision) }),
    });
  }
}

function auditedTax({ version, origin, calculation, configurationRevision }: TransactionTaxDecision): object {
  return { version, origin, configurationRevision, totalTax: calculation?.totalTax };
}
