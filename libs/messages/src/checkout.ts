import { CHECKOUT_STATUSES } from '@paygate/payments-domain';
import type { CheckoutStatus } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
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
import { defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

/** One line of a checkout. `unitPrice` is in minor units, negative for discounts. */
export class CheckoutItem {
  @IsString() @MaxLength(500) name!: string;
  @IsOptional() @IsString() @MaxLength(2000) description?: string;
  @IsInt() @Min(1) @Max(1_000_000) quantity!: number;
  @IsInt() unitPrice!: number;
  /** Percent, e.g. 19 or 5.5. */
  @IsOptional() @IsNumber() @Min(0) @Max(100) vatRate?: number;
  @IsString() @MaxLength(50) itemType!: string;
  @IsOptional() @IsIn(['gross', 'net']) amountType?: 'gross' | 'net';
}

/** The caller's Idempotency-Key and the hash of what it stood for. */
export class IdempotencyClaim {
  @IsString() @Length(1, 255) key!: string;
  @IsString() @Length(64, 64) requestHash!: string;
}

/** A validated, canonical checkout: the item sum equals `amount`, at least one reference is present. */
export class CreateCheckoutCommand extends TenantRequest {
  @IsMongoId() siteId!: string;
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsOptional() @IsString() @MaxLength(2000) returnUrl?: string;
  @IsOptional() @IsString() @MaxLength(2000) cancelUrl?: string;
  @IsOptional() @IsString() @MaxLength(2000) ipnUrl?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
  @IsOptional() @IsString() @MaxLength(64) invoiceNumber?: string;
  @IsOptional() @IsMongoId() clientId?: string;
  @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => CheckoutItem) items!: CheckoutItem[];
  @IsOptional() @ValidateNested() @Type(() => Address) billingAddress?: Address;
  @IsOptional() @ValidateNested() @Type(() => Address) shippingAddress?: Address;
  @IsOptional() @IsObject() metadata?: Record<string, string>;
  @IsOptional() @IsString() @MaxLength(35) locale?: string;
  @IsInt() @Min(1) @Max(3120) expireInHours!: number;
  @IsOptional() @ValidateNested() @Type(() => IdempotencyClaim) idempotency?: IdempotencyClaim;
}

export class CreatedCheckout {
  id!: string;
  /** Public id of the buyer's session, used by the runtime API. */
  sessionPublicId!: string;
  shortCode!: string;
  paymentUrl!: string;
  /** True when the answer repeats an earlier request with the same Idempotency-Key. */
  replayed!: boolean;
}

export class CheckoutRequest extends TenantRequest {
  @IsMongoId() checkoutId!: string;
}

export class ListCheckoutsRequest extends PageRequest {
  @IsOptional() @IsIn(CHECKOUT_STATUSES) status?: CheckoutStatus;
  @IsOptional() @IsString() @Length(3, 3) currency?: string;
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
  @IsOptional() @IsMongoId() siteId?: string;
  @IsOptional() @IsMongoId() clientId?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
}

/** Replaces the checkout's metadata. */
export class UpdateCheckoutMetadataCommand extends CheckoutRequest {
  @IsObject() metadata!: Record<string, string>;
}

/** A checkout as operators and integrators see it. Instants are ISO 8601 UTC. */
export class CheckoutView {
  id!: string;
  sessionPublicId!: string;
  shortCode!: string;
  paymentUrl!: string;
  siteId!: string;
  livemode!: boolean;
  status!: CheckoutStatus;
  amount!: number;
  currency!: string;
  email?: string;
  returnUrl?: string;
  cancelUrl?: string;
  ipnUrl?: string;
  externalReference?: string;
  invoiceNumber?: string;
  clientId?: string;
  items!: CheckoutItem[];
  billingAddress?: Address;
  shippingAddress?: Address;
  metadata!: Record<string, string>;
  locale?: string;
  /** The latest attempt, or the one that succeeded. */
  transactionId?: string;
  /** The newer checkout of the same reference that replaced this one. */
  supersededBy?: string;
  expiresAt!: string;
  completedAt?: string;
  createdAt!: string;
  updatedAt!: string;
}

export class CheckoutPage implements PageReply<CheckoutView> {
  items!: CheckoutView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

export const createCheckout = defineRequest('main.command.checkout.create.v1', CreateCheckoutCommand, CreatedCheckout, 10_000);
export const getCheckout = defineRequest('main.query.checkout.get.v1', CheckoutRequest, CheckoutView);
export const listCheckouts = defineRequest('main.query.checkout.list.v1', ListCheckoutsRequest, CheckoutPage);
export const updateCheckoutMetadata = defineRequest(
  'main.command.checkout.update-metadata.v1',
  UpdateCheckoutMetadataCommand,
  CheckoutView,
);
