import { HOLD_ACTIONS } from '@paygate/payments-domain';
import type { HoldAction, HoldReason } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsMongoId, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { IdempotencyClaim } from './checkout.js';
import { defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

export const HOLD_STATUSES = ['active', 'released'] as const;
export type HoldStatus = (typeof HOLD_STATUSES)[number];

export class CustomerRiskHoldRequest extends TenantRequest {
  @IsMongoId() holdId!: string;
}

export class ListCustomerRiskHoldsRequest extends PageRequest {
  @IsOptional() @IsIn(HOLD_STATUSES) status?: HoldStatus;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsOptional() @IsMongoId() clientId?: string;
}

/** At least one of `email` and `clientId`; `allowedProviderTypes` with `allow_provider_types` only. */
export class CreateCustomerRiskHoldCommand extends TenantRequest {
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsOptional() @IsMongoId() clientId?: string;
  @IsIn(HOLD_ACTIONS) action!: HoldAction;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) allowedProviderTypes?: string[];
  @IsOptional() @IsString() @Length(1, 500) note?: string;
  @IsOptional() @ValidateNested() @Type(() => IdempotencyClaim) idempotency?: IdempotencyClaim;
}

/** A released hold stays released: answered as it stands. */
export class ReleaseCustomerRiskHoldCommand extends CustomerRiskHoldRequest {
  @IsOptional() @IsString() @Length(1, 500) note?: string;
}

/** A buyer a merchant takes no payments of, or only by some providers. Instants ISO 8601 UTC. */
export class CustomerRiskHoldView {
  id!: string;
  livemode!: boolean;
  status!: HoldStatus;
  action!: HoldAction;
  reason!: HoldReason;
  /** With `allow_provider_types`: what the buyer may still pay by. */
  allowedProviderTypes!: string[];
  email?: string;
  clientId?: string;
  note?: string;
  /** The dispute it came from. */
  chargebackId?: string;
  transactionId?: string;
  releasedAt?: string;
  createdAt!: string;
  updatedAt!: string;
}

/** `replayed`: the answer repeats an earlier request with the same Idempotency-Key. */
export class CreatedCustomerRiskHold extends CustomerRiskHoldView {
  replayed!: boolean;
}

export class CustomerRiskHoldPage implements PageReply<CustomerRiskHoldView> {
  items!: CustomerRiskHoldView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

export const listCustomerRiskHolds = defineRequest(
  'main.query.customer-risk-hold.list.v1',
  ListCustomerRiskHoldsRequest,
  CustomerRiskHoldPage,
);
export const getCustomerRiskHold = defineRequest('main.query.customer-risk-hold.get.v1', CustomerRiskHoldRequest, CustomerRiskHoldView);
export const createCustomerRiskHold = defineRequest(
  'main.command.customer-risk-hold.create.v1',
  CreateCustomerRiskHoldCommand,
  CreatedCustomerRiskHold,
);
export const releaseCustomerRiskHold = defineRequest(
  'main.command.customer-risk-hold.release.v1',
  ReleaseCustomerRiskHoldCommand,
  CustomerRiskHoldView,
);
