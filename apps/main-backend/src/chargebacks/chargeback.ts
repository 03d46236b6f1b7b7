import type { TenantScope } from '@paygate/kernel';
import type { ChargebackStatus } from '@paygate/payments-domain';

/** A buyer's bank wants money of one transaction back. Amounts in minor units. */
export interface NewChargeback {
  readonly id: string;
  readonly transactionId: string;
  readonly checkoutId: string;
  readonly siteId: string;
  readonly providerId: string;
  readonly providerType: string;
  /** The dispute's id at the provider. */
  readonly providerReference: string;
  readonly status: ChargebackStatus;
  readonly amount: number;
  readonly currency: string;
  /** The provider's own code. */
  readonly reason?: string;
  readonly evidenceDueBy?: Date;
  readonly externalReference?: string;
  readonly clientId?: string;
  readonly email?: string;
  /** Since when it stands so: by the provider's clock, or by ours when the merchant said so. */
  readonly since: Date;
  /** When it was decided; absent while it is open. */
  readonly closedAt?: Date;
  readonly createdAt: Date;
}

/** A stored chargeback. */
export interface ChargebackRecord extends NewChargeback {
  /** Whose it is; pass it on to every further query. */
  readonly scope: TenantScope;
  readonly updatedAt: Date;
}
