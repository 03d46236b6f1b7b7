import type { TenantScope } from '@paygate/kernel';
import type { BankReceiptState } from '@paygate/messages';
import type { ListingReason, ReceiptSource } from '@paygate/payments-domain';

/** Money that came in, as somebody told of it. Amount in minor units. */
export interface ReceivedEntry {
  /** Unique per provider account and source: the same entry told twice is one receipt. */
  readonly key: string;
  readonly amount: number;
  readonly currency: string;
  readonly bookedOn: Date;
  /** Everything the payer wrote; the reference is somewhere in it. */
  readonly text: string;
  readonly payerName?: string;
  readonly payerAccount?: string;
}

export interface NewBankReceipt extends ReceivedEntry {
  readonly id: string;
  readonly providerId: string;
  readonly source: ReceiptSource;
  readonly state: BankReceiptState;
  /** The payment it counts for. */
  readonly transactionId?: string;
  /** Why it was not assigned by itself. */
  readonly reason?: ListingReason;
  /** Payments that wait for this very amount. */
  readonly suggestions: readonly string[];
  readonly createdAt: Date;
}

/** A stored receipt. */
export interface BankReceiptRecord extends NewBankReceipt {
  /** Whose it is; pass it on to every further query. */
  readonly scope: TenantScope;
  /** Assigned, and whether the payment is complete by it has not been looked at yet. */
  readonly unsettledSince?: Date;
  readonly updatedAt: Date;
}
