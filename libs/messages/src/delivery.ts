import { IsIn, IsMongoId, IsOptional, IsString, MaxLength } from 'class-validator';
import { defineRequest } from './contract.js';
import { DELIVERY_FAMILIES } from './endpoint.js';
import type { DeliveryFamily } from './endpoint.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

/**
 * `scheduled`: waiting for its time. `sending`: on the wire now. `delivered`: acknowledged. `dead`: all attempts failed.
 * `superseded`: a newer state made it pointless before it arrived.
 */
export const DELIVERY_STATES = ['scheduled', 'sending', 'delivered', 'dead', 'superseded'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export class ListDeliveriesRequest extends PageRequest {
  @IsOptional() @IsMongoId() transactionId?: string;
  @IsOptional() @IsMongoId() checkoutId?: string;
  @IsOptional() @IsMongoId() siteId?: string;
  @IsOptional() @IsIn(DELIVERY_STATES) state?: DeliveryState;
  @IsOptional() @IsIn(DELIVERY_FAMILIES) family?: DeliveryFamily;
  @IsOptional() @IsString() @MaxLength(64) endpointId?: string;
}

export class DeliveryRequest extends TenantRequest {
  @IsString() @MaxLength(128) deliveryId!: string;
}

/** One notification on its way to a merchant. */
export class DeliveryView {
  deliveryId!: string;
  family!: DeliveryFamily;
  /** `we_…`; absent for notifications older than endpoints. */
  endpointId?: string;
  /** What it tells of, by the family's name; absent for site IPNs, which have only a status. */
  event?: string;
  /** This and what follows is absent where the notification is not about it: a test is about nothing. */
  transactionId?: string;
  refundId?: string;
  checkoutId?: string;
  siteId?: string;
  externalReference?: string;
  /** The integer status of the transaction that is announced, −2 … 4. */
  status?: number;
  eventVersion?: number;
  url!: string;
  state!: DeliveryState;
  attemptCount!: number;
  lastStatusCode?: number;
  lastError?: string;
  nextAttemptAt?: string;
  deliveredAt?: string;
  createdAt!: string;
}

export interface DeliveryAttemptView {
  number: number;
  startedAt: string;
  durationMs: number;
  statusCode?: number;
  error?: string;
  /** The first 20 kB of the receiver's answer. */
  responseBody?: string;
}

export class DeliveryDetail extends DeliveryView {
  /** The exact bytes sent on every attempt. */
  body!: string;
  attempts!: DeliveryAttemptView[];
}

export class DeliveryPage implements PageReply<DeliveryView> {
  items!: DeliveryView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

export const listDeliveries = defineRequest('dispatch.query.delivery.list.v1', ListDeliveriesRequest, DeliveryPage);
export const getDelivery = defineRequest('dispatch.query.delivery.get.v1', DeliveryRequest, DeliveryDetail);
/** Removes contents of notifications about a transaction, and what receivers answered, for good. */
export class EraseNotificationsCommand extends TenantRequest {
  @IsMongoId() transactionId!: string;
}

export class ErasedNotifications {
  /** They cannot be sent again: `delivery_expired`. */
  erased!: number;
  /** Still on their way, with their content; ask again when they have arrived. */
  underWay!: number;
}

export const eraseNotifications = defineRequest('dispatch.command.delivery.erase.v1', EraseNotificationsCommand, ErasedNotifications);
/** Sends a finished notification once more, with the same id and bytes. */
export const resendDelivery = defineRequest('dispatch.command.delivery.resend.v1', DeliveryRequest, DeliveryView);
