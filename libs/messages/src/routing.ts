import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { PaymentMethod, ProviderStanding } from '@paygate/payments-domain';
import { IsIn, IsInt, IsMongoId, IsOptional, IsString, Length, Min } from 'class-validator';
import { defineRequest } from './contract.js';
import { TenantRequest } from './tenant.js';

export class ProviderHealthRequest extends TenantRequest {
  @IsMongoId() providerId!: string;
}

/**
 * How payments fare that are brought to an account at a provider.
 * - `ready`: it is used
 * - `paused`: it keeps failing and is left out until `pausedUntil`
 * - `trial`: the pause is over; the next payment finds out whether it works again
 * - `unknown`: the health of providers cannot be read at present, and every provider is used
 */
export class ProviderHealthView {
  standing!: ProviderStanding | 'unknown';
  /** Payments brought to it in the last five minutes. */
  recentCalls!: number;
  /** Those whose outcome is unknown: it did not answer, or its answer said nothing. A declined card is none of them. */
  recentFailures!: number;
  pausedSince?: string;
  pausedUntil?: string;
}

/** Which providers a payment of the site would be offered. What is left out is not known yet. */
export class PreviewRoutingRequest extends TenantRequest {
  @IsMongoId() siteId!: string;
  @IsInt() @Min(1) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsOptional() @IsString() @Length(2, 2) country?: string;
  @IsOptional() @IsIn(PAYMENT_METHODS) method?: PaymentMethod;
}

/** One provider of the site. */
export interface RoutedProviderView {
  providerId: string;
  type: string;
  /** Whether the payment may go there. */
  offered: boolean;
  /** `last_resort`: it keeps failing, but there is no other. `paused`: it keeps failing. `conditions`: no rule about it holds. */
  reason: 'offered' | 'last_resort' | 'paused' | 'conditions';
  /** Position of the rule that holds. */
  rule?: number;
  /** In one sentence. */
  explanation: string;
}

export class RoutingPreview {
  /** Those that are offered first, best first. */
  providers!: RoutedProviderView[];
}

export const providerHealth = defineRequest('main.query.provider.health.v1', ProviderHealthRequest, ProviderHealthView);
export const previewRouting = defineRequest('main.query.routing.preview.v1', PreviewRoutingRequest, RoutingPreview);
