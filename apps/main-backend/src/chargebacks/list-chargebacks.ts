import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { ChargebackPage, ListChargebacksRequest } from '@paygate/messages';
import { ChargebacksRepository } from './chargebacks.repository.js';
import { presentChargeback } from './present-chargeback.js';

/** Lists a tenant's chargebacks, newest first. */
@Injectable()
export class ListChargebacks {
  constructor(private readonly chargebacks: ChargebacksRepository) {}

  async execute(request: ListChargebacksRequest): Promise<ChargebackPage> {
    const { transactionId, status, currency, from, to, siteId, providerId, clientId } = request;
    const filter = { transactionId, status, currency, from, to, siteId, providerId, clientId };
    const found = await this.chargebacks.list(tenantScopeOf(request), filter, request);
    return { ...found, items: found.items.map(presentChargeback) };
  }
}
