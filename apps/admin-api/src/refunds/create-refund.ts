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
   * The money is main-backend's; the audit entry follows its answer. What becomes of a refund whose entry is lost stands in the
   * timeline of the transaction all the same.
   * @throws DomainError `transaction_not_found`, `transaction_not_refundable`, `refund_exceeds_remaining`, `refund_not_supported`,
   *   `provider_not_available`, `idempotency_key_reused`
   */
  async execute(scope: TenantScope, id: string, body: CreateRefundBody, idempotency: IdempotencyClaim | undefined): Promise<RefundView> {
    const transactionId = pathId(id, 'transaction_not_found');
    const { amount, reason } = body;
    const refund = await this.rpc.request(createRefund, tenantRequest(scope, { transactionId, amount, reason, idempotency }));
    const context = currentContext();
    if (refund.replayed) {
      if (context) context.replayed = true;
      return refund;
    }
    const after = { transactionId, amount: refund.amount, currency: refund.currency, reason: refund.reason, status: refund.status };
    await this.changes.run((change) =>
      change.record({ action: 'refund.created', scope, resource: { type: 'refund', id: refund.id }, after }),
    );
    return refund;
  }
}
