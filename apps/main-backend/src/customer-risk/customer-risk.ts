import type { TenantScope } from '@paygate/kernel';
import type { HoldStatus } from '@paygate/messages';
import type { ChargebackStatus, HoldAction, HoldReason } from '@paygate/payments-domain';

export interface NewHold {
  readonly id: string;
  readonly email?: string;
  readonly clientId?: string;
  readonly action: HoldAction;
  readonly reason: HoldReason;
  readonly allowedProviderTypes: readonly string[];
  readonly note?: string;
  readonly chargebackId?: string;
  readonly transactionId?: string;
  readonly createdAt: Date;
}

/** A stored hold. */
export interface HoldRecord extends NewHold {
  readonly scope: TenantScope;
  readonly status: HoldStatus;
  readonly releasedAt?: Date;
  readonly updatedAt: Date;
}

/** A dispute as it stands now, whoever decided it. Amount in minor units. */
export interface DisputeOfBuyer {
  readonly scope: TenantScope;
  /** Of the chargeback. */
  readonly id: string;
  readonly transactionId: string;
  readonly status: ChargebackStatus;
  readonly amount: number;
  readonly currency: string;
  readonly email?: string;
  readonly clientId?: string;
  readonly externalReference?: string;
  readonly createdAt: Date;
}
