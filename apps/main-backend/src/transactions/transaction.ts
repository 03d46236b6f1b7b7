import type { TenantScope } from '@paygate/kernel';
import type { Address } from '@paygate/messages';
import type { TransactionStatus } from '@paygate/payments-domain';

/** Where a word about a payment came from. */
export type WordSource = 'buyer' | 'return' | 'poll' | 'webhook' | 'reconcile' | 'operator';

export interface TimelineRecord {
  readonly at: Date;
  /** `created`, `provider_result`, `contradiction`, `second_success`. */
  readonly type: string;
  readonly status: TransactionStatus;
  readonly source: WordSource;
  readonly detail?: string;
}

export interface PaymentMethodRecord {
  readonly type: string;
  readonly brand?: string;
  readonly last4?: string;
}

export interface FailureRecord {
  readonly code: string;
  readonly message: string;
}

/** One attempt to pay a checkout. Amounts in minor units. */
export interface NewTransaction {
  /** Also the idempotency key towards the provider. */
  readonly id: string;
  readonly checkoutId: string;
  readonly sessionPublicId: string;
  readonly siteId: string;
  readonly providerId: string;
  readonly providerType: string;
  readonly amount: number;
  readonly currency: string;
  readonly externalReference?: string;
  readonly invoiceNumber?: string;
  readonly clientId?: string;
  readonly email?: string;
  readonly billingAddress?: Address;
  readonly metadata: Readonly<Record<string, string>>;
  readonly ipnUrl?: string;
  readonly createdAt: Date;
}

/** A stored transaction. */
export interface TransactionRecord extends NewTransaction {
  /** Whose it is; pass it on to every further query. */
  readonly scope: TenantScope;
  readonly status: TransactionStatus;
  readonly refundedAmount: number;
  /** The payment's id at the provider, once it has answered. */
  readonly providerReference?: string;
  /** Where the buyer goes on, while the payment waits for the buyer. */
  readonly redirectUrl?: string;
  readonly paymentMethod?: PaymentMethodRecord;
  readonly failure?: FailureRecord;
  /** Rises by one with every status change. */
  readonly eventVersion: number;
  readonly timeline: readonly TimelineRecord[];
  readonly succeededAt?: Date;
  /** How often the reconcile sweep has asked the provider. */
  readonly lookUps: number;
  /** When it asks next; absent once the payment is decided. */
  readonly nextLookUpAt?: Date;
  readonly updatedAt: Date;
}
