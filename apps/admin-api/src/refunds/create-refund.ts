import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { createRefund } from '@paygate/messages';
import type { IdempotencyClaim, RefundView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { currentContext } from '@paygate/nest-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { pathId } from '../validation-rules/index.js';
import type { CreateRefundBody } from './dto/create-refund.body.js';

@Injectable()
export class CreateRefund {
  constructor(
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /**
   * @throws DomainError `transaction_not_found`, `transaction_not_refundable`, `refund_exceeds_remaining`, `refund_not_supported`,
   *   `provider_not_available`, `idempotency_key_reused`
   */
  async execute(scope: TenantScope, id: string, body: CreateRefundBody, idempotency: IdempotencyClaim | undefined): Promise<RefundView> {
    const transactionId = pathId(id, 'transaction_not_found');
    const { amount, reason } = body;
    const action = 'refund.created';
    const refund = await this.changes.elsewhere({
      intent: { action, scope, resource: { type: 'transaction', id: transactionId } },
      ask: () => this.rpc.request(createRefund, tenantRequest(scope, { transactionId, amount, reason, idempotency })),
      deed: ({ id: refundId, replayed, status, ...made }) => {
        const after = { transactionId, amount: made.amount, currency: made.currency, reason: made.reason, status };
        return replayed ? undefined : { action, scope, resource: { type: 'refund', id: refundId }, after };
      },
    });
    const context = currentContext();
    if (refund.replayed && context) context.replayed = true;
    return refund;
  }
}
