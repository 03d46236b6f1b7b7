import { REFUND_STATUSES } from '@paygate/payments-domain';
import type { RefundStatus } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsMongoId, IsOptional, IsString, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IdempotencyClaim } from './checkout.js';
import { defineEvent, defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

/**
 * Gives money of a paid transaction back. Refused with `transaction_not_found`, `transaction_not_refundable` (not paid, or
 * disputed; details `{transactionId, status}`), `refund_exceeds_remaining` (details `{refundableAmount, currency}`) and
 * `refund_not_supported` (the provider gives nothing back, or no parts), `provider_not_available`.
 */
export class CreateRefundCommand extends TenantRequest {
  @IsMongoId() transactionId!: string;
  /** Minor units of the transaction's currency; everything that is left when absent. */
  @IsOptional() @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount?: number;
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
  @IsOptional() @ValidateNested() @Type(() => IdempotencyClaim) idempotency?: IdempotencyClaim;
}

export class GetRefundRequest extends TenantRequest {
  @IsMongoId() refundId!: string;
}

/** Newest first; of one transaction, or of all. */
export class ListRefundsRequest extends PageRequest {
  @IsOptional() @IsMongoId() transactionId?: string;
  @IsOptional() @IsIn(REFUND_STATUSES) status?: RefundStatus;
  @IsOptional() @IsString() @Length(3, 3) currency?: string;
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
  @IsOptional() @IsMongoId() siteId?: string;
  @IsOptional() @IsMongoId() providerId?: string;
}

/** `merchant`: asked for here. `provider`: made at the provider's own pages, or by the provider itself. */
export const REFUND_ORIGINS = ['merchant', 'provider'] as const;
export type RefundOrigin = (typeof REFUND_ORIGINS)[number];

/** A refund as operators and integrators see it. Amounts in minor units, instants ISO 8601 UTC. */
export class RefundView {
  id!: string;
  transactionId!: string;
  checkoutId!: string;
  siteId!: string;
  providerId!: string;
  providerType!: string;
  livemode!: boolean;
  origin!: RefundOrigin;
  /** `pending` until the provider has said what became of it; its amount is taken meanwhile. */
  status!: RefundStatus;
  amount!: number;
  currency!: string;
  reason?: string;
  externalReference?: string;
  /** The refund's id at the provider, once known. */
  providerReference?: string;
  failure?: { code: string; message: string };
  createdAt!: string;
  updatedAt!: string;
}

export class CreatedRefund extends RefundView {
  /** True when the answer repeats an earlier request with the same Idempotency-Key. */
  replayed!: boolean;
}

export class RefundPage implements PageReply<RefundView> {
  items!: RefundView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

/** A refund came into being or reached another status. */
export class RefundStatusChanged extends TenantRequest {
  @IsMongoId() refundId!: string;
  @IsMongoId() transactionId!: string;
  @IsMongoId() siteId!: string;
  @IsMongoId() providerId!: string;
  @IsIn(REFUND_STATUSES) status!: RefundStatus;
  /** Absent for a new one. */
  @IsOptional() @IsIn(REFUND_STATUSES) previousStatus?: RefundStatus;
  @IsInt() @Min(1) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  /** What came back to the buyer for certain, this refund included. */
  @IsInt() @Min(0) refundedAmount!: number;
  @IsInt() @Min(1) transactionAmount!: number;
  @IsISO8601() occurredAt!: string;
  @IsOptional() @IsMongoId() checkoutId?: string;
  /** When the refund came into being. */
  @IsOptional() @IsISO8601() createdAt?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
}

/** Waits for the provider, so that most answers are final ones; what takes longer stays `pending`. */
export const createRefund = defineRequest('main.command.refund.create.v1', CreateRefundCommand, CreatedRefund, 20_000);
export const getRefund = defineRequest('main.query.refund.get.v1', GetRefundRequest, RefundView);
export const listRefunds = defineRequest('main.query.refund.list.v1', ListRefundsRequest, RefundPage);
export const refundStatusChanged = defineEvent('main.event.refund.status-changed.v1', RefundStatusChanged);
