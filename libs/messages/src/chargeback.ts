import { CHARGEBACK_STATUSES } from '@paygate/payments-domain';
import type { ChargebackStatus } from '@paygate/payments-domain';
import { IsIn, IsInt, IsISO8601, IsMongoId, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';
import { defineEvent, defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

export class GetChargebackRequest extends TenantRequest {
  @IsMongoId() transactionId!: string;
  @IsMongoId() chargebackId!: string;
}

/**
 * Moves a dispute along its transition table. Refused with `chargeback_not_found` and `invalid_transition` (details
 * `{status, allowed}`). To the status it has already: answered as it stands.
 */
export class UpdateChargebackCommand extends GetChargebackRequest {
  @IsIn(CHARGEBACK_STATUSES) status!: ChargebackStatus;
  /** Kept in the transaction's timeline. */
  @IsOptional() @IsString() @Length(1, 500) note?: string;
}

/** Newest first; of one transaction, or of all. */
export class ListChargebacksRequest extends PageRequest {
  @IsOptional() @IsMongoId() transactionId?: string;
  @IsOptional() @IsIn(CHARGEBACK_STATUSES) status?: ChargebackStatus;
  @IsOptional() @IsString() @Length(3, 3) currency?: string;
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
  @IsOptional() @IsMongoId() siteId?: string;
  @IsOptional() @IsMongoId() providerId?: string;
  @IsOptional() @IsMongoId() clientId?: string;
}

/** A dispute as operators see it. Amounts in minor units, instants ISO 8601 UTC. */
export class ChargebackView {
  id!: string;
  transactionId!: string;
  checkoutId!: string;
  siteId!: string;
  providerId!: string;
  providerType!: string;
  livemode!: boolean;
  status!: ChargebackStatus;
  /** What the buyer's bank wants back. */
  amount!: number;
  currency!: string;
  /** The provider's own code, e.g. `fraudulent`. */
  reason?: string;
  evidenceDueBy?: string;
  externalReference?: string;
  clientId?: string;
  email?: string;
  /** The dispute's id at the provider. */
  providerReference!: string;
  /** When it was decided; absent while it is open. */
  closedAt?: string;
  createdAt!: string;
  updatedAt!: string;
}

export class ChargebackPage implements PageReply<ChargebackView> {
  items!: ChargebackView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

/** A dispute was opened or reached another status. */
export class ChargebackStatusChanged extends TenantRequest {
  @IsMongoId() chargebackId!: string;
  @IsMongoId() transactionId!: string;
  @IsMongoId() siteId!: string;
  @IsMongoId() providerId!: string;
  @IsIn(CHARGEBACK_STATUSES) status!: ChargebackStatus;
  /** Absent for a new one. */
  @IsOptional() @IsIn(CHARGEBACK_STATUSES) previousStatus?: ChargebackStatus;
  @IsInt() @Min(0) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsISO8601() occurredAt!: string;
  @IsOptional() @IsMongoId() clientId?: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
}

export const getChargeback = defineRequest('main.query.chargeback.get.v1', GetChargebackRequest, ChargebackView);
export const listChargebacks = defineRequest('main.query.chargeback.list.v1', ListChargebacksRequest, ChargebackPage);
export const updateChargeback = defineRequest('main.command.chargeback.update.v1', UpdateChargebackCommand, ChargebackView);
export const chargebackStatusChanged = defineEvent('main.event.chargeback.status-changed.v1', ChargebackStatusChanged);
