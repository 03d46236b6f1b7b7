import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

/** The notifications that go to an address. Site IPNs have theirs in the checkout; the others are sent to registered endpoints. */
export const DELIVERY_FAMILIES = ['site_ipn', 'merchant_webhook', 'platform_webhook', 'panel_webhook'] as const;
export type DeliveryFamily = (typeof DELIVERY_FAMILIES)[number];

/** The families that endpoints are registered for. */
export const ENDPOINT_FAMILIES = ['merchant_webhook', 'platform_webhook', 'panel_webhook'] as const;
export type EndpointFamily = (typeof ENDPOINT_FAMILIES)[number];

/** Places of which an organization has one in each mode, e.g. the endpoint of `/api/organization/webhook/`. */
export const ENDPOINT_SLOTS = ['merchant', 'platform', 'panel'] as const;
export type EndpointSlot = (typeof ENDPOINT_SLOTS)[number];

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** `manual`: by a person. `failing`: nothing but failures for five days. `gone`: it answered 410 again and again. */
export const DISABLED_REASONS = ['manual', 'failing', 'gone'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Every event of the family. */
export const ALL_EVENTS = '*';
export const MAX_ENDPOINT_HEADERS = 20;
/** Endpoints of one organization in one mode, without those of sites. */
export const MAX_ENDPOINTS = 50;

/** A header the merchant wants on every notification. The value is kept encrypted and never shown again. */
export class EndpointHeader {
  @IsString() @Length(1, 100) name!: string;
  @IsString() @MaxLength(2_000) value!: string;
}

/** Sent as `Authorization: Basic …`. */
export class EndpointCredentials {
  @IsString() @Length(1, 200) username!: string;
  @IsString() @Length(1, 500) password!: string;
}

/**
 * Refused with `validation_failed` (fields `url`, `events`, `headers`, `secret`, `credentials`), `already_exists` when the slot is
 * taken, and `too_many_endpoints`.
 */
export class CreateEndpointCommand extends TenantRequest {
  @IsIn(ENDPOINT_FAMILIES) family!: EndpointFamily;
  @IsOptional() @IsIn(ENDPOINT_SLOTS) slot?: EndpointSlot;
  @IsString() @Length(1, 2_000) url!: string;
  @IsOptional() @IsString() @MaxLength(500) description?: string;
  /** Names of the family's events; all of them (`*`) when absent. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @IsString({ each: true }) @MaxLength(64, { each: true }) events?: string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ENDPOINT_HEADERS)
  @ValidateNested({ each: true })
  @Type(() => EndpointHeader)
  headers?: EndpointHeader[];
  @IsOptional() @ValidateNested() @Type(() => EndpointCredentials) credentials?: EndpointCredentials;
  /** `whsec_…`, or for the platform family the merchant's response hash key; a new one is made when absent. */
  @IsOptional() @IsString() @Length(20, 200) secret?: string;
  /** What platform bodies call the merchant; the organization's id when absent. */
  @IsOptional() @IsString() @Length(1, 64) merchantId?: string;
}

/** Registered endpoints and those that deliveries to sites have made. Newest first. */
export class ListEndpointsRequest extends PageRequest {
  @IsOptional() @IsIn(DELIVERY_FAMILIES) family?: DeliveryFamily;
  @IsOptional() @IsIn(ENDPOINT_SLOTS) slot?: EndpointSlot;
  @IsOptional() @IsIn(ENDPOINT_STATES) state?: EndpointState;
  @IsOptional() @Matches(/^[0-9a-f]{24}$/) siteId?: string;
}

export class EndpointRequest extends TenantRequest {
  @IsString() @MaxLength(64) endpointId!: string;
}

export class ChangedEndpointHeader {
  @IsString() @Length(1, 100) name!: string;
  /** Absent: as it is. */
  @IsOptional() @IsString() @MaxLength(2_000) value?: string;
}

/**
 * Changes what is given; null takes a value away. Endpoints of sites have nothing to change: refused with `endpoint_not_editable`.
 * `headers` replaces all of them, except that a header without a value keeps the one it has.
 */
export class UpdateEndpointCommand extends EndpointRequest {
  @IsOptional() @IsString() @Length(1, 2_000) url?: string;
  @IsOptional() @IsString() @MaxLength(500) description?: string | null;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @IsString({ each: true }) @MaxLength(64, { each: true }) events?: string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ENDPOINT_HEADERS)
  @ValidateNested({ each: true })
  @Type(() => ChangedEndpointHeader)
  headers?: ChangedEndpointHeader[];
  @IsOptional() @ValidateNested() @Type(() => EndpointCredentials) credentials?: EndpointCredentials | null;
}

/** The old secret keeps signing beside the new one where the family allows several signatures. */
export class RotateEndpointSecretCommand extends EndpointRequest {
  /** How long the old one keeps signing; 24 when absent, 0 for a secret that has leaked. */
  @IsOptional() @IsInt() @Min(0) @Max(168) overlapHours?: number;
  /** The new one; made here when absent. */
  @IsOptional() @IsString() @Length(20, 200) secret?: string;
}

/**
 * `ok`: the last answer was good, or there was none yet. `failing`: the last ones were failures. `paused`: so many of them that
 * nothing is sent until `pausedUntil`; then one notification tries whether it works again.
 */
export const ENDPOINT_CONDITIONS = ['ok', 'failing', 'paused'] as const;
export type EndpointCondition = (typeof ENDPOINT_CONDITIONS)[number];

export interface EndpointHealthView {
  condition: EndpointCondition;
  consecutiveFailures: number;
  /** The first failure since the last success. */
  failingSince?: string;
  pausedUntil?: string;
  /** To within some seconds. */
  lastSuccessAt?: string;
  lastFailureAt?: string;
}

/** An address that notifications go to. */
export class EndpointView {
  /** `we_…` */
  endpointId!: string;
  livemode!: boolean;
  family!: DeliveryFamily;
  slot?: EndpointSlot;
  /** Of a site's endpoint, which exists since its first notification. Its address is without the query. */
  siteId?: string;
  url!: string;
  description?: string;
  events!: string[];
  headers!: { name: string }[];
  /** Of the Basic credentials; the password is never shown. */
  username?: string;
  merchantId?: string;
  state!: EndpointState;
  disabledReason?: DisabledReason;
  disabledAt?: string;
  /** The last characters of the current secret, to tell it from another; absent for an endpoint of a site. */
  secretPreview?: string;
  /** While a replaced secret still signs. */
  previousSecretValidUntil?: string;
  health!: EndpointHealthView;
  createdAt!: string;
  updatedAt!: string;
}

/** The only answer that shows a secret. */
export class EndpointWithSecret extends EndpointView {
  secret!: string;
}

export class EndpointPage implements PageReply<EndpointView> {
  items!: EndpointView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

export class DeletedEndpoint {
  endpointId!: string;
}

export class EndpointStatisticsRequest extends EndpointRequest {
  /** The last 24 hours when absent; at most 90 days. */
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
}

/** About the deliveries that came into being within the period, and their attempts. */
export class EndpointStatistics {
  endpointId!: string;
  from!: string;
  to!: string;
  deliveries!: { scheduled: number; sending: number; delivered: number; dead: number; superseded: number };
  attempts!: number;
  /** Attempts with which nothing was delivered. */
  failedAttempts!: number;
  /** Delivered of all that is decided (delivered or dead), 0 to 1; absent when nothing is. */
  successRatio?: number;
  /** Of the attempts for the latest 2,000 deliveries, in milliseconds; absent without any. */
  p50DurationMs?: number;
  p95DurationMs?: number;
  /** Whatever the period: since when the longest waiting delivery that is due now has been due. */
  oldestDueAt?: string;
}

export const createEndpoint = defineRequest('dispatch.command.endpoint.create.v1', CreateEndpointCommand, EndpointWithSecret);
export const listEndpoints = defineRequest('dispatch.query.endpoint.list.v1', ListEndpointsRequest, EndpointPage);
export const getEndpoint = defineRequest('dispatch.query.endpoint.get.v1', EndpointRequest, EndpointView);
export const updateEndpoint = defineRequest('dispatch.command.endpoint.update.v1', UpdateEndpointCommand, EndpointView);
/** What is still to be sent to it becomes `dead`. Refused with `endpoint_not_editable` for an endpoint of a site. */
export const deleteEndpoint = defineRequest('dispatch.command.endpoint.delete.v1', EndpointRequest, DeletedEndpoint);
export const rotateEndpointSecret = defineRequest(
  'dispatch.command.endpoint.rotate-secret.v1',
  RotateEndpointSecretCommand,
  EndpointWithSecret,
);
/** Also forgets its failures. What was not sent meanwhile is `dead` and can be replayed. */
export const enableEndpoint = defineRequest('dispatch.command.endpoint.enable.v1', EndpointRequest, EndpointView);
/** What is still to be sent to it becomes `dead`, with the error `endpoint_disabled`. */
export const disableEndpoint = defineRequest('dispatch.command.endpoint.disable.v1', EndpointRequest, EndpointView);
export const endpointStatistics = defineRequest('dispatch.query.endpoint.statistics.v1', EndpointStatisticsRequest, EndpointStatistics);
