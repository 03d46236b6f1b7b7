import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { IsIn, IsInt, IsISO8601, IsMongoId, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';
import { defineRequest } from './contract.js';
import { DeliveryView } from './delivery.js';
import { EndpointRequest } from './endpoint.js';
import { TenantRequest } from './tenant.js';

/** Sends the readiness message of site IPNs to an address, signed like every notification of the site. */
export class SendIpnTestCommand extends TenantRequest {
  @IsMongoId() siteId!: string;
  /** Refused with `validation_failed` when nothing may be sent there. */
  @IsString() @Length(1, 2_000) url!: string;
}

/**
 * Tells one endpoint of a transaction as it is now, whether it subscribes to such events or not. A new notification with an id of its own:
 * it stands beside the order of the others. Refused with `notification_not_available` when the family has no words for the status.
 */
export class SendTransactionCommand extends EndpointRequest {
  @IsMongoId() transactionId!: string;
  @IsMongoId() checkoutId!: string;
  @IsMongoId() siteId!: string;
  @IsIn(TRANSACTION_STATUSES) status!: TransactionStatus;
  @IsInt() @Min(1) eventVersion!: number;
  @IsInt() @Min(1) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsOptional() @IsString() @MaxLength(64) externalReference?: string;
  /** The buyer's name, for the panel family. */
  @IsOptional() @IsString() @MaxLength(200) payer?: string;
  @IsISO8601() createdAt!: string;
  @IsISO8601() updatedAt!: string;
}

/** A test is one attempt without repetition; read it again by its delivery id. Refused with `endpoint_disabled`. */
export const testEndpoint = defineRequest('dispatch.command.endpoint.test.v1', EndpointRequest, DeliveryView);
export const sendIpnTest = defineRequest('dispatch.command.endpoint.test-ipn.v1', SendIpnTestCommand, DeliveryView);
export const sendTransaction = defineRequest('dispatch.command.endpoint.send-transaction.v1', SendTransactionCommand, DeliveryView);
