import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { IsIn, IsInt, IsISO8601, IsMongoId, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';
import type { Address } from './address.js';
import { defineEvent, defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

export class TransactionRequest extends TenantRequest {
  @IsMongoId() transactionId!: string;
}

export class ListTransactionsRequest extends PageRequest {
  @IsOptional() @IsIn(TRANSACTION_STATUSES) status?: TransactionStatus;
  @IsOptional() @IsString() @Length(3, 3) currency?: string;
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
  @IsOptional() @IsMongoId() siteId?: string;
  @IsOptional() @IsMongoId() providerId?: string;
  @IsOptional() @IsMongoId() clientId?: string;
  @IsOptional() @IsMongoId() checkoutId?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
}

/** One line of a transaction's history. */
export interface TimelineEntry {
  at: string;
  /** What happened, e.g. `created`, `provider_result`, `contradiction`. */
  type: string;
  status: TransactionStatus;
  /** Where the word came from: buyer, webhook, poll, return, reconcile, operator. */
  source: string;
  detail?: string;
}

/** A transaction as operators and integrators see it. Amounts in minor units, instants ISO 8601 UTC. */
export class TransactionView {
  id!: string;
  checkoutId!: string;
  sessionPublicId!: string;
  siteId!: string;
  providerId!: string;
  providerType!: string;
  livemode!: boolean;
  status!: TransactionStatus;
  amount!: number;
  currency!: string;
  /** What came back to the buyer for certain. */
  refundedAmount!: number;
  /** On its way back. */
  pendingRefundAmount!: number;
  /** What can still be given back; 0 unless paid, and while a dispute holds the money. */
  refundableAmount!: number;
  externalReference?: string;
  invoiceNumber?: string;
  clientId?: string;
  email?: string;
  billingAddress?: Address;
  metadata!: Record<string, string>;
  /** The payment's id at the provider. */
  providerReference?: string;
  paymentMethod?: { type: string; brand?: string; last4?: string };
  failure?: { code: string; message: string };
  ipnUrl?: string;
  /** Rises by one with every status change. */
  eventVersion!: number;
  timeline!: TimelineEntry[];
  succeededAt?: string;
  createdAt!: string;
  updatedAt!: string;
}

export class TransactionPage implements PageReply<TransactionView> {
  items!: TransactionView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

/** A transaction reached a new status. Carries all the dispatcher needs, so a notification never waits for a query. */
export class TransactionStatusChanged extends TenantRequest {
  @IsMongoId() transactionId!: string;
  @IsMongoId() checkoutId!: string;
  @IsMongoId() siteId!: string;
  @IsMongoId() providerId!: string;
  @IsString() @Length(1, 128) sessionPublicId!: string;
  @IsIn(TRANSACTION_STATUSES) status!: TransactionStatus;
  @IsOptional() @IsIn(TRANSACTION_STATUSES) previousStatus?: TransactionStatus;
  /** 1 for the first status of the transaction, then rising by one. */
  @IsInt() @Min(1) eventVersion!: number;
  @IsInt() @Min(1) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsISO8601() occurredAt!: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
  @IsOptional() @IsString() @MaxLength(64) invoiceNumber?: string;
  @IsOptional() @IsString() @MaxLength(2000) ipnUrl?: string;
}

export const getTransaction = defineRequest('main.query.transaction.get.v1', TransactionRequest, TransactionView);
export const listTransactions = defineRequest('main.query.transaction.list.v1', ListTransactionsRequest, TransactionPage);
export const transactionStatusChanged = defineEvent('main.event.transaction.status-changed.v1', TransactionStatusChanged);
