import { Inject, Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { buyerKeys, isChargebackOpen } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import { CLOCK } from '../clock.js';
import type { DisputeOfBuyer } from './customer-risk.js';
import { CustomerRiskRepository } from './customer-risk.repository.js';

/**
 * Keeps what a dispute means for its buyer: while it is undecided, new checkouts are refused; once it is lost or accepted, a
 * hold takes its place; when it is won, nothing is left of it. Called with every change of a dispute, in its transaction.
 */
@Injectable()
export class FollowDispute {
  constructor(
    private readonly risk: CustomerRiskRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(dispute: DisputeOfBuyer, session: ClientSession): Promise<void> {
    // A buyer nobody can recognize cannot be held.
    if (buyerKeys(dispute).length === 0) return;
    if (isChargebackOpen(dispute.status)) return this.risk.putOpenDispute(dispute, session);
    await this.risk.removeOpenDispute(dispute, session);
    const now = this.clock.now();
    if (dispute.status === 'won') return this.risk.releaseHoldOf(dispute, now, session);
    const reason = dispute.status === 'accepted' ? 'accepted_dispute' : 'lost_dispute';
    const { id: chargebackId, transactionId, email, clientId } = dispute;
    const hold = { id: newObjectId(now), email, clientId, action: 'block_all', reason, allowedProviderTypes: [], createdAt: now } as const;
    await this.risk.ensureHoldOf(dispute, { ...hold, chargebackId, transactionId }, session);
  }
}
