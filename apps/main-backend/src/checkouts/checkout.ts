import type { TenantScope } from '@paygate/kernel';
import type { Address, CheckoutItem } from '@paygate/messages';
import type { CheckoutStatus } from '@paygate/payments-domain';

/** What a merchant asked to be paid for. Amounts in minor units. */
export interface NewCheckout {
  readonly id: string;
  /** The buyer's session in the runtime API. Unguessable: whoever knows it may pay. */
  readonly sessionPublicId: string;
  /** Ten characters in the payment address. Unguessable for the same reason. */
  readonly shortCode: string;
  readonly siteId: string;
  readonly amount: number;
  readonly currency: string;
  readonly email?: string;
  readonly returnUrl?: string;
  readonly cancelUrl?: string;
  readonly ipnUrl?: string;
  readonly externalReference?: string;
  readonly invoiceNumber?: string;
  readonly clientId?: string;
  readonly items: readonly CheckoutItem[];
  readonly billingAddress?: Address;
  readonly shippingAddress?: Address;
  readonly metadata: Readonly<Record<string, string>>;
  readonly locale?: string;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

/** A stored checkout. */
export interface CheckoutRecord extends NewCheckout {
  /** Whose it is; pass it on to every further query. */
  readonly scope: TenantScope;
  /** As stored; a buyer sees `checkoutStatusAt(status, expiresAt, now)`. */
  readonly status: CheckoutStatus;
  /** The latest attempt, or the one that succeeded. */
  readonly transactionId?: string;
  /** The newer checkout of the same reference that replaced this one. */
  readonly supersededBy?: string;
  readonly completedAt?: Date;
  readonly updatedAt: Date;
}
