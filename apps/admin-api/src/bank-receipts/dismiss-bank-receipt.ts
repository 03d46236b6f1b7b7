import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { dismissBankReceipt } from '@paygate/messages';
import type { BankReceiptView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';

@Injectable()
export class DismissBankReceipt {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `bank_receipt_not_found`, `invalid_transition` */
  async execute(scope: TenantScope, id: string): Promise<BankReceiptView> {
    const receiptId = pathId(id, 'bank_receipt_not_found');
    const intent = { action: 'bank_receipt.dismissed', scope, resource: { type: 'bank_receipt', id: receiptId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(dismissBankReceipt, tenantRequest(scope, { receiptId })),
      deed: ({ amount, currency }) => ({ ...intent, after: { amount, currency } }),
    });
  }
}
