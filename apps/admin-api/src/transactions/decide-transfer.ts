import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { decideTransfer } from '@paygate/messages';
import type { TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId, startOf } from '../validation-rules/index.js';
import type { DecideTransferBody } from './dto/decide-transfer.body.js';

/** A person says what became of a bank transfer. */
@Injectable()
export class DecideTransfer {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `transaction_not_found`, `invalid_transition`, `received_amount_too_low` */
  async execute(scope: TenantScope, id: string, { receivedOn, ...said }: DecideTransferBody): Promise<TransactionView> {
    const transactionId = pathId(id, 'transaction_not_found');
    const command = { transactionId, ...said, receivedOn: startOf(receivedOn)?.toISOString() };
    const intent = { action: 'transaction.decided_by_hand', scope, resource: { type: 'transaction', id: transactionId } } as const;
    return this.changes.elsewhere({
      intent,
      ask: () => this.rpc.request(decideTransfer, tenantRequest(scope, command)),
      deed: ({ status, receivedAmount }) => ({ ...intent, after: { said: said.status, status, receivedAmount, note: said.note } }),
    });
  }
}
