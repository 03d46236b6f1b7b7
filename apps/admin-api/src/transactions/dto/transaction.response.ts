import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_STATES } from '@paygate/messages';
import type { DeliveryState } from '@paygate/messages';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { CHARGEBACK_EXAMPLE, ChargebackResponse } from '../../chargebacks/index.js';
import { REFUND_EXAMPLE, RefundResponse } from '../../refunds/index.js';

export class BillingAddressResponse {
  @ApiPropertyOptional({ type: String, example: 'Ada' }) firstName?: string;
  @ApiPropertyOptional({ type: String, example: 'Lovelace' }) lastName?: string;
  @ApiPropertyOptional({ type: String }) company?: string;
  @ApiPropertyOptional({ type: String, example: 'Example Street 1' }) address1?: string;
  @ApiPropertyOptional({ type: String }) address2?: string;
  @ApiPropertyOptional({ type: String, example: 'Berlin' }) city?: string;
  @ApiPropertyOptional({ type: String, example: '10115' }) postcode?: string;
  @ApiPropertyOptional({ type: String }) state?: string;
  @ApiPropertyOptional({ type: String, example: 'DE' }) country?: string;
  @ApiPropertyOptional({ type: String }) phone?: string;
  @ApiPropertyOptional({ type: String }) vatId?: string;
}

export class PaymentMethodResponse {
  @ApiProperty({ type: String, example: 'card' }) type!: string;
  @ApiPropertyOptional({ type: String, example: 'visa' }) brand?: string;
  @ApiPropertyOptional({ type: String, example: '4242' }) last4?: string;
}

export class FailureResponse {
  @ApiProperty({ type: String, example: 'insufficient_funds' }) code!: string;
  @ApiProperty({ type: String, example: 'The card has insufficient funds.' }) message!: string;
}

export class TimelineEntryResponse {
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:01:00.000Z' }) at!: string;
  @ApiProperty({ type: String, example: 'provider_result' }) type!: string;
  @ApiProperty({ enum: TRANSACTION_STATUSES, example: 'succeeded' }) status!: TransactionStatus;
  @ApiProperty({ type: String, description: 'Where the word came from.', example: 'webhook' }) source!: string;
  @ApiPropertyOptional({ type: String }) detail?: string;
}

/** A payment attempt. Absent fields were not given or have not happened. */
export class TransactionResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) id!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439011' }) checkoutId!: string;
  @ApiProperty({ type: String, example: 'abc123xyz789def456' }) sessionPublicId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) siteId!: string;
  @ApiPropertyOptional({
    type: String,
    description: 'Absent for a payment made outside the platform.',
    example: '507f1f77bcf86cd799439013',
  })
  providerId?: string;
  @ApiProperty({ type: String, description: '`manual` for a payment made outside the platform.', example: 'stripe' }) providerType!: string;
  @ApiProperty({ type: Boolean, example: false }) livemode!: boolean;
  @ApiProperty({ enum: TRANSACTION_STATUSES, example: 'succeeded' }) status!: TransactionStatus;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 }) amount!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'What came for a bank transfer so far, in minor units; absent until the first money came.',
  })
  receivedAmount?: number;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'With `receivedAmount`: what came too much, or, when negative, what is still missing. Minor units.',
  })
  receivedDifference?: number;
  @ApiProperty({ type: 'integer', description: 'What the buyer got back for certain, in minor units.', example: 1900 })
  refundedAmount!: number;
  @ApiProperty({ type: 'integer', description: 'What is on its way back, in minor units.', example: 0 }) pendingRefundAmount!: number;
  @ApiProperty({ type: 'integer', description: 'What can still be refunded, in minor units.', example: 3000 }) refundableAmount!: number;
  @ApiPropertyOptional({ type: String, example: 'order_12345' }) externalReference?: string;
  @ApiPropertyOptional({ type: String, example: 'INV-2026-0001' }) invoiceNumber?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' }) clientId?: string;
  @ApiPropertyOptional({ type: String, example: 'buyer@example.com' }) email?: string;
  @ApiPropertyOptional({ type: BillingAddressResponse }) billingAddress?: BillingAddressResponse;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { cart: 'c-981' } }) metadata!: Record<string, string>;
  @ApiPropertyOptional({ type: String, description: 'The payment’s id at the provider.', example: 'pi_3Nx' }) providerReference?: string;
  @ApiPropertyOptional({ type: PaymentMethodResponse }) paymentMethod?: PaymentMethodResponse;
  @ApiPropertyOptional({ type: FailureResponse }) failure?: FailureResponse;
  @ApiPropertyOptional({ type: String, example: 'https://shop.example/webhooks/payment-ipn' }) ipnUrl?: string;
  @ApiProperty({ type: 'integer', description: 'Rises by one with every change of status.', example: 2 }) eventVersion!: number;
  @ApiProperty({ type: [TimelineEntryResponse] }) timeline!: TimelineEntryResponse[];
  @ApiPropertyOptional({ type: String, format: 'date-time' }) succeededAt?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:01:00.000Z' }) updatedAt!: string;
}

export class TransactionListResponse {
  @ApiProperty({ type: [TransactionResponse] }) transactions!: TransactionResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all transactions that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

/** How the latest notification about a transaction fares. */
export class IpnSummaryResponse {
  @ApiProperty({ type: String, example: 'dlv_01jd2y8m3k' }) deliveryId!: string;
  @ApiProperty({ enum: DELIVERY_STATES, example: 'delivered' }) state!: DeliveryState;
  @ApiProperty({ type: String, example: 'https://shop.example/webhooks/payment-ipn' }) url!: string;
  @ApiPropertyOptional({ type: 'integer', description: 'The status it announces, −2 to 4.', example: 1 }) status?: number;
  @ApiProperty({ type: 'integer', example: 1 }) attemptCount!: number;
  @ApiPropertyOptional({ type: 'integer', example: 200 }) lastStatusCode?: number;
  @ApiPropertyOptional({ type: String }) lastError?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) nextAttemptAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) deliveredAt?: string;
}

export class TaxShareResponse {
  @ApiProperty({ type: 'number', description: 'Percent.', example: 19 }) taxRate!: number;
  @ApiPropertyOptional({ type: String, description: '`MANUAL` where the shop named the rate.', example: 'DE_STANDARD' })
  taxRateCode?: string;
  @ApiProperty({ type: 'integer', example: 4118 }) taxableBase!: number;
  @ApiProperty({ type: 'integer', example: 782 }) taxAmount!: number;
}

/** In minor units. */
export class TransactionTaxResponse {
  @ApiProperty({ type: Boolean, description: 'False when the tax was given as lines of its own.', example: true }) taxIncluded!: boolean;
  @ApiProperty({ type: 'integer', example: 4118 }) totalNet!: number;
  @ApiProperty({ type: 'integer', example: 782 }) totalTax!: number;
  @ApiProperty({ type: 'integer', example: 4900 }) totalGross!: number;
  @ApiProperty({ type: [TaxShareResponse] }) taxBreakdown!: TaxShareResponse[];
}

export class TransactionDetailResponse extends TransactionResponse {
  @ApiProperty({ type: [RefundResponse], description: 'Newest first.' }) refunds!: RefundResponse[];
  @ApiProperty({ type: [ChargebackResponse], description: 'Newest first.' }) chargebacks!: ChargebackResponse[];
  @ApiProperty({ type: TransactionTaxResponse, nullable: true, description: 'Null while nothing is known of it.' })
  tax!: TransactionTaxResponse | null;
  @ApiProperty({ type: IpnSummaryResponse, nullable: true, description: 'Null when there is none yet, or it cannot be told now.' })
  ipn!: IpnSummaryResponse | null;
}

export const TRANSACTION_EXAMPLE = {
  id: '507f1f77bcf86cd799439021',
  checkoutId: '507f1f77bcf86cd799439011',
  sessionPublicId: 'abc123xyz789def456',
  siteId: '507f1f77bcf86cd799439012',
  providerId: '507f1f77bcf86cd799439013',
  providerType: 'stripe',
  livemode: false,
  status: 'succeeded',
  amount: 4900,
  currency: 'EUR',
  refundedAmount: 1900,
  pendingRefundAmount: 0,
  refundableAmount: 3000,
  externalReference: 'order_12345',
  email: 'buyer@example.com',
  metadata: { cart: 'c-981' },
  providerReference: 'pi_3Nx',
  paymentMethod: { type: 'card', brand: 'visa', last4: '4242' },
  ipnUrl: 'https://shop.example/webhooks/payment-ipn',
  eventVersion: 2,
  timeline: [
    { at: '2026-03-01T10:00:00.000Z', type: 'created', status: 'initiated', source: 'buyer' },
    { at: '2026-03-01T10:01:00.000Z', type: 'provider_result', status: 'succeeded', source: 'webhook' },
  ],
  succeededAt: '2026-03-01T10:01:00.000Z',
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:01:00.000Z',
} satisfies TransactionResponse;

export const TRANSACTION_DETAIL_EXAMPLE: TransactionDetailResponse = {
  ...TRANSACTION_EXAMPLE,
  refunds: [REFUND_EXAMPLE],
  chargebacks: [{ ...CHARGEBACK_EXAMPLE, status: 'won', closedAt: '2026-04-10T12:00:00.000Z' }],
  tax: {
    taxIncluded: true,
    totalNet: 4118,
    totalTax: 782,
    totalGross: 4900,
    taxBreakdown: [{ taxRate: 19, taxRateCode: 'DE_STANDARD', taxableBase: 4118, taxAmount: 782 }],
  },
  ipn: {
    deliveryId: 'dlv_01jd2y8m3k',
    state: 'delivered',
    url: 'https://shop.example/webhooks/payment-ipn',
    status: 1,
    attemptCount: 1,
    lastStatusCode: 200,
    deliveredAt: '2026-03-01T10:01:01.000Z',
  },
};

export const MANUAL_TRANSACTION_EXAMPLE = {
  id: '507f1f77bcf86cd799439022',
  checkoutId: '507f1f77bcf86cd799439016',
  sessionPublicId: 'xyz789def456abc123',
  siteId: '507f1f77bcf86cd799439012',
  providerType: 'manual',
  livemode: false,
  status: 'succeeded',
  amount: 4900,
  currency: 'EUR',
  refundedAmount: 0,
  pendingRefundAmount: 0,
  refundableAmount: 0,
  externalReference: 'order_12345',
  metadata: { till: '3' },
  paymentMethod: { type: 'cash' },
  eventVersion: 1,
  timeline: [{ at: '2026-03-01T10:00:00.000Z', type: 'recorded', status: 'succeeded', source: 'operator', detail: 'Paid at the counter' }],
  succeededAt: '2026-03-01T00:00:00.000Z',
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies TransactionResponse;
