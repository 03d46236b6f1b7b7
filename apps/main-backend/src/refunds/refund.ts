import type { TenantScope } from '@paygate/kernel';
import type { RefundOrigin } from '@paygate/messages';
import type { RefundStatus } from '@paygate/payments-domain';

export interface RefundFailure {
  readonly code: string;
  readonly message: string;
}

/** Money of one transaction on its way back. Amounts in minor units. */
export interface NewRefund {
  /** Also the idempotency key towards the provider. */
  readonly id: string;
  readonly transactionId: string;
  readonly checkoutId: string;
  readonly siteId: string;
  readonly providerId: string;
  readonly providerType: string;
  readonly origin: RefundOrigin;
  readonly status: RefundStatus;
  readonly amount: number;
  readonly currency: string;
  readonly reason?: string;
  readonly externalReference?: string;
  /** The refund's id at the provider, once it has answered. */
  readonly providerReference?: string;
  readonly failure?: RefundFailure;
  /** Since when it stands so by the provider's clock; absent while only we say so. */
  readonly since?: Date;
  /** When the provider is asked next; absent once the refund is decided. */
  readonly nextLookUpAt?: Date;
  readonly createdAt: Date;
}

/** A stored refund. */
export interface RefundRecord extends NewRefund {
  /** Whose it is; pass it on to every further query. */
  readonly scope: TenantScope;
  /** How often the reconcile sweep has asked the provider. */
  readonly lookUps: number;
  readonly updatedAt: Date;
}
