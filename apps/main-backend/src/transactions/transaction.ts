import type { TenantScope } from '@paygate/kernel';
import type { Address } from '@paygate/messages';
import type { ChargebackStatus, RefundPart, TransactionStatus } from '@paygate/payments-domain';

/** Where a word about a payment came from. */
export type WordSource = 'buyer' | 'return' | 'poll' | 'webhook' | 'reconcile' | 'operator' | 'bank';

export interface TimelineRecord {
  readonly at: Date;
  /**
   * `created`, `provider_result`, `passed_on`, `contradiction`, `second_success`, `money_received`, `refund_<status>`,
   * `chargeback_<status>`, `tax_recalculated`.
   */
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

/** A refund as far as it decides what is left of the payment. Amount in minor units. */
export interface RefundShare extends RefundPart {
  readonly id: string;
  /** Since when it stands so. */
  readonly at?: Date;
}

/** A dispute as far as it decides whose the money is. */
export interface DisputeShare {
  readonly id: string;
  readonly status: ChargebackStatus;
  /** What the buyer's bank wants back, in minor units of `currency`, which need not be the payment's. */
  readonly amount?: number;
  readonly currency?: string;
  /** Since when it stands so. */
  readonly at?: Date;
}

/** In place of a provider account, for payments made outside the platform. */
export const MANUAL_PROVIDER = 'manual';

/** One attempt to pay a checkout. Amounts in minor units. */
export interface NewTransaction {
  /** Also the idempotency key towards the provider. */
  readonly id: string;
  readonly checkoutId: string;
  readonly sessionPublicId: string;
  readonly siteId: string;
  /** {@link MANUAL_PROVIDER} when no provider took the payment. */
  readonly providerId: string;
  readonly providerType: string;
  readonly amount: number;
  readonly currency: string;
  readonly externalReference?: string;
  readonly invoiceNumber?: string;
  readonly clientId?: string;
  readonly email?: string;
  readonly billingAddress?: Address;
  /** The language of the buyer's page, when it was ours. */
  readonly locale?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly ipnUrl?: string;
  /** Of the decision about its tax that holds; absent when none was made because tax was not enabled. */
  readonly taxVersion?: number;
  readonly createdAt: Date;
}

/** A stored transaction. */
export interface TransactionRecord extends NewTransaction {
  /** Whose it is; pass it on to every further query. */
  readonly scope: TenantScope;
  readonly status: TransactionStatus;
  readonly refundedAmount: number;
  /** What came for a bank transfer, in all; absent until the first money came. */
  readonly receivedAmount?: number;
  /** Every refund and dispute of it in brief, written together with the full ones: what is left is decided here. */
  readonly refunds: readonly RefundShare[];
  readonly chargebacks: readonly DisputeShare[];
  /** Rises by one with every change of `refunds` and `chargebacks`. */
  readonly moneyVersion: number;
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
  /** Taken out of the lists by its owner. */
  readonly deletedAt?: Date;
}
