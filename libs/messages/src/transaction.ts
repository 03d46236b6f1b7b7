import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsMongoId,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Address } from './address.js';
import { IdempotencyClaim } from './checkout.js';
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

/** Replaces the transaction's metadata. */
export class UpdateTransactionMetadataCommand extends TransactionRequest {
  @IsObject() metadata!: Record<string, string>;
}

/** How money came in that no provider of ours took. */
export const MANUAL_METHODS = ['cash', 'bank_transfer', 'card_terminal', 'cheque', 'other'] as const;
export type ManualMethod = (typeof MANUAL_METHODS)[number];

/** Records a payment made outside the platform. */
export class CreateManualTransactionCommand extends TenantRequest {
  @IsMongoId() siteId!: string;
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsIn(MANUAL_METHODS) method!: ManualMethod;
  /** When it was paid; the present when absent. */
  @IsOptional() @IsISO8601() paidAt?: string;
  /** What was paid for. */
  @IsOptional() @IsString() @MaxLength(500) description?: string;
  /** Percent that `amount` includes. */
  @IsOptional() @IsNumber() @Min(0) @Max(100) vatRate?: number;
  @IsOptional() @IsString() @MaxLength(500) note?: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsOptional() @IsString() @MaxLength(2000) ipnUrl?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
  @IsOptional() @IsString() @MaxLength(64) invoiceNumber?: string;
  @IsOptional() @IsMongoId() clientId?: string;
  @IsOptional() @ValidateNested() @Type(() => Address) billingAddress?: Address;
  @IsOptional() @IsObject() metadata?: Record<string, string>;
  @IsOptional() @ValidateNested() @Type(() => IdempotencyClaim) idempotency?: IdempotencyClaim;
}

/** One line of a transaction's history. */
export interface TimelineEntry {
  at: string;
  /** What happened, e.g. `created`, `provider_result`, `contradiction`. */
  type: string;
  status: TransactionStatus;
  /** Where the word came from: buyer, webhook, poll, return, reconcile, operator, bank. */
  source: string;
  detail?: string;
}

/** A transaction as operators and integrators see it. Amounts in minor units, instants ISO 8601 UTC. */
export class TransactionView {
  id!: string;
  checkoutId!: string;
  sessionPublicId!: string;
  siteId!: string;
  /** Absent for a payment made outside the platform. */
  providerId?: string;
  /** `manual` for a payment made outside the platform. */
  providerType!: string;
  livemode!: boolean;
  status!: TransactionStatus;
  amount!: number;
  currency!: string;
  /** What came back to the buyer for certain. */
  refundedAmount!: number;
  /** What came for a bank transfer, in all; absent until the first money came. */
  receivedAmount?: number;
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

/** The tax a payment contains: as the shop named it or as it was calculated when the payment was begun. Minor units. */
export interface TransactionTax {
  /** False when the tax was given as lines of its own. */
  taxIncluded: boolean;
  totalNet: number;
  totalTax: number;
  totalGross: number;
  taxBreakdown: { taxRate: number; taxRateCode?: string; taxableBase: number; taxAmount: number }[];
}

/** One transaction with what belongs to it. */
export class TransactionDetail extends TransactionView {
  /** Absent while nothing is known of it. */
  tax?: TransactionTax;
}

/** That a transaction was taken out of the lists. */
export class DeletedTransaction {
  id!: string;
  status!: TransactionStatus;
}

/** A created manual transaction. */
export class CreatedTransaction {
  transaction!: TransactionView;
  /** True when the answer repeats an earlier request with the same Idempotency-Key. */
  replayed!: boolean;
}

/** The days, both included and counted in UTC, that figures are asked for. Format `YYYY-MM-DD`. */
export class TransactionFiguresRequest extends TenantRequest {
  @IsString() @Length(10, 10) from!: string;
  @IsString() @Length(10, 10) to!: string;
  @IsOptional() @IsMongoId() siteId?: string;
  /** `byDay` is wanted as well. */
  @IsOptional() @IsBoolean() withDays?: boolean;
}

/** What some transactions come to. Minor units. */
export interface TransactionSum {
  currency: string;
  count: number;
  amount: number;
  refundedAmount: number;
}

export class TransactionFigures {
  byStatus!: (TransactionSum & { status: TransactionStatus })[];
  /** Payments that succeeded, whatever became of them. `providerId` is absent for payments made outside the platform. */
  byProvider!: (TransactionSum & { providerId?: string; providerType: string })[];
  /** Payments that succeeded, by the day (UTC) they were begun. Days without any are left out; empty unless asked for. */
  byDay!: (TransactionSum & { day: string })[];
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
  /** Absent for a payment made outside the platform. */
  @IsOptional() @IsMongoId() providerId?: string;
  @IsString() @Length(1, 128) sessionPublicId!: string;
  @IsIn(TRANSACTION_STATUSES) status!: TransactionStatus;
  @IsOptional() @IsIn(TRANSACTION_STATUSES) previousStatus?: TransactionStatus;
  /** 1 for the first status of the transaction, then rising by one. */
  @IsInt() @Min(1) eventVersion!: number;
  @IsInt() @Min(1) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsISO8601() occurredAt!: string;
  /** When the transaction came into being. */
  @IsOptional() @IsISO8601() createdAt?: string;
  /** The buyer's name as far as the order has one. */
  @IsOptional() @IsString() @MaxLength(401) payer?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
  @IsOptional() @IsString() @MaxLength(64) invoiceNumber?: string;
  @IsOptional() @IsString() @MaxLength(2000) ipnUrl?: string;
}

/** A cancellation asks the provider up to twice, and waits for it. */
const CANCEL_DEADLINE_MS = 40_000;

export const getTransaction = defineRequest('main.query.transaction.get.v1', TransactionRequest, TransactionDetail);
export const listTransactions = defineRequest('main.query.transaction.list.v1', ListTransactionsRequest, TransactionPage);
export const transactionFigures = defineRequest('main.query.transaction.figures.v1', TransactionFiguresRequest, TransactionFigures);
export const createManualTransaction = defineRequest(
  'main.command.transaction.create-manual.v1',
  CreateManualTransactionCommand,
  CreatedTransaction,
);
export const updateTransactionMetadata = defineRequest(
  'main.command.transaction.update-metadata.v1',
  UpdateTransactionMetadataCommand,
  TransactionView,
);
export const cancelTransaction = defineRequest(
  'main.command.transaction.cancel.v1',
  TransactionRequest,
  TransactionView,
  CANCEL_DEADLINE_MS,
);
export const deleteTransaction = defineRequest('main.command.transaction.delete.v1', TransactionRequest, DeletedTransaction);
export const transactionStatusChanged = defineEvent('main.event.transaction.status-changed.v1', TransactionStatusChanged);
