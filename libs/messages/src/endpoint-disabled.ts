import { IsIn, IsInt, IsISO8601, IsMongoId, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { defineEvent } from './contract.js';
import { DELIVERY_FAMILIES } from './endpoint.js';
import type { DeliveryFamily } from './endpoint.js';
import { TenantRequest } from './tenant.js';

/** An endpoint was disabled because it does not work; its merchant should be told. A person's doing is not announced. */
export class EndpointDisabled extends TenantRequest {
  @IsString() @MaxLength(64) endpointId!: string;
  @IsIn(DELIVERY_FAMILIES) family!: DeliveryFamily;
  @IsString() @MaxLength(2_000) url!: string;
  @IsOptional() @IsMongoId() siteId?: string;
  @IsIn(['failing', 'gone']) reason!: 'failing' | 'gone';
  @IsISO8601() disabledAt!: string;
  /** The first failure since the last success. */
  @IsISO8601() failingSince!: string;
  /** Failures since the last success. */
  @IsInt() @Min(1) consecutiveFailures!: number;
}

export const endpointDisabled = defineEvent('dispatch.event.endpoint.disabled.v1', EndpointDisabled);
