import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { GetRefundRequest, RefundView } from '@paygate/messages';
import { presentRefund } from './present-refund.js';
import { RefundsRepository } from './refunds.repository.js';

/** Reads one refund of a tenant. */
@Injectable()
export class GetRefund {
  constructor(private readonly refunds: RefundsRepository) {}

  /** @throws DomainError refund_not_found, also for the refund of another tenant */
  async execute(request: GetRefundRequest): Promise<RefundView> {
    const refund = await this.refunds.findById(tenantScopeOf(request), request.refundId);
    if (!refund) throw new DomainError('refund_not_found');
    return presentRefund(refund);
  }
}
