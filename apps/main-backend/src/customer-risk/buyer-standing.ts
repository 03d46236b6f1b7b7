import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { buyerKeys, judgeHolds } from '@paygate/payments-domain';
import type { Buyer } from '@paygate/payments-domain';
import type { HoldRecord } from './customer-risk.js';
import { CustomerRiskRepository } from './customer-risk.repository.js';
import type { OpenDisputeRow } from './customer-risk.schema.js';

/** Who reads the refusal: the merchant learns of which dispute or hold, the buyer does not. */
export type RefusalReader = 'merchant' | 'buyer';

/** A buyer who may pay by some types of providers only. */
export interface Restriction {
  readonly allowedProviderTypes: readonly string[];
  /** @param allowedProviderIds accounts the buyer could use */
  refusal(allowedProviderIds: readonly string[]): DomainError;
}

/** Whether a merchant takes payments of a buyer, by undecided disputes and holds. */
@Injectable()
export class BuyerStanding {
  constructor(private readonly risk: CustomerRiskRepository) {}

  /**
   * @param buyer under every name that is known
   * @returns undefined for a buyer nothing is held against
   * @throws DomainError CHECKOUT_BLOCKED_BY_DISPUTE, CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD
   */
  async require(scope: TenantScope, buyer: readonly Buyer[], reader: RefusalReader): Promise<Restriction | undefined> {
    const keys = buyer.flatMap(buyerKeys);
    if (keys.length === 0) return undefined;
    const [dispute, holds] = await Promise.all([this.risk.openDispute(scope, keys), this.risk.activeHolds(scope, keys)]);
    const tell = (details: object): object | undefined => (reader === 'merchant' ? details : undefined);
    if (dispute) throw new DomainError('CHECKOUT_BLOCKED_BY_DISPUTE', undefined, tell(disputeDetails(dispute)));
    const verdict = judgeHolds(holds);
    if (!verdict) return undefined;
    const named = tell(holdDetails(verdict.by));
    if (verdict.kind === 'blocked') throw new DomainError('CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD', undefined, named);
    const { allowedProviderTypes } = verdict;
    return {
      allowedProviderTypes,
      refusal: (allowedProviderIds) =>
        new DomainError('CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD', undefined, { ...named, allowedProviderTypes, allowedProviderIds }),
    };
  }
}

function disputeDetails({ _id, transactionId, externalReference, amount, currency, status, openedAt }: OpenDisputeRow): object {
  const dispute = { disputeId: _id, chargebackId: _id, disputeStatus: status, disputeDate: openedAt.toISOString() };
  return { ...dispute, transactionId, externalReference, amount, currency };
}

function holdDetails({ id, action, reason, chargebackId, transactionId }: HoldRecord): object {
  return { customerRiskHold: { id, action, reason }, chargebackId, transactionId };
}
