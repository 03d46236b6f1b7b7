import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { ListRefundsRequest, RefundPage } from '@paygate/messages';
import { presentRefund } from './present-refund.js';
import { RefundsRepository } from './refunds.repository.js';

/** Lists a tenant's refunds, newest first. */
@Injectable()
export class ListRefunds {
  constructor(private readonly refunds: RefundsRepository) {}

  async execute(request: ListRefundsRequest): Promise<RefundPage> {
    const { transactionId, status, currency, from, to, siteId, providerId } = request;
    const filter = { transactionId, status, currency, from, to, siteId, providerId };
    const found = await this.refunds.list(tenantScopeOf(request), filter, request);
    return { ...found, items: found.items.map(presentRefund) };
  }
}
