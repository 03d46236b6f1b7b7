import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { ChargebackView, GetChargebackRequest } from '@paygate/messages';
import { ChargebacksRepository } from './chargebacks.repository.js';
import { presentChargeback } from './present-chargeback.js';

/** Reads one chargeback of a tenant's transaction. */
@Injectable()
export class GetChargeback {
  constructor(private readonly chargebacks: ChargebacksRepository) {}

  /** @throws DomainError chargeback_not_found, also for another transaction's or tenant's */
  async execute(request: GetChargebackRequest): Promise<ChargebackView> {
    const chargeback = await this.chargebacks.findById(tenantScopeOf(request), request.chargebackId);
    if (chargeback?.transactionId !== request.transactionId) throw new DomainError('chargeback_not_found');
    return presentChargeback(chargeback);
  }
}
