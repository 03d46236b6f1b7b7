import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CHECKOUT_STATUSES } from '@paygate/payments-domain';
import type { CheckoutStatus } from '@paygate/payments-domain';
import { AddressBody } from '../../postal-address/index.js';

export class CreatedCheckoutResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439011' })
  id!: string;

  @ApiProperty({ type: String, description: 'Public id of the buyer’s session.', example: 'abc123xyz789def456' })
  sessionPublicId!: string;

  @ApiProperty({ type: String, example: 'aB3xK9mw2P' })
  shortCode!: string;

  @ApiProperty({ type: String, format: 'uri', description: 'Send the buyer here.', example: 'https://secure.example/checkout/aB3xK9mw2P' })
  paymentUrl!: string;
}

export class CheckoutItemResponse {
  @ApiProperty({ type: String, example: 'Professional Plan' }) name!: string;
  @ApiPropertyOptional({ type: String, example: 'Monthly' }) description?: string;
  @ApiProperty({ type: 'integer', example: 1 }) quantity!: number;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 }) unitPrice!: number;
  @ApiPropertyOptional({ type: Number, description: 'Percent.', example: 19 }) vatRate?: number;
  @ApiProperty({ type: String, example: 'digital_service' }) itemType!: string;
  @ApiPropertyOptional({ enum: ['gross', 'net'], example: 'gross' }) amountType?: 'gross' | 'net';
}

/** A checkout as operators and integrators see it. Absent fields were not given or have not happened. */
export class CheckoutResponse extends CreatedCheckoutResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) siteId!: string;
  @ApiProperty({ type: Boolean, description: 'False for checkouts of test keys.', example: false }) livemode!: boolean;
  @ApiProperty({ enum: CHECKOUT_STATUSES, example: 'open' }) status!: CheckoutStatus;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 }) amount!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiPropertyOptional({ type: String, example: 'buyer@example.com' }) email?: string;
  @ApiPropertyOptional({ type: String, example: 'https://shop.example/success?txId={transactionId}' }) returnUrl?: string;
  @ApiPropertyOptional({ type: String, example: 'https://shop.example/cancel' }) cancelUrl?: string;
  @ApiPropertyOptional({ type: String, example: 'https://shop.example/webhooks/payment-ipn' }) ipnUrl?: string;
  @ApiPropertyOptional({ type: String, example: 'order_12345' }) externalReference?: string;
  @ApiPropertyOptional({ type: String, example: 'INV-2026-0001' }) invoiceNumber?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' }) clientId?: string;
  @ApiProperty({ type: [CheckoutItemResponse] }) items!: CheckoutItemResponse[];
  @ApiPropertyOptional({ type: AddressBody }) billingAddress?: AddressBody;
  @ApiPropertyOptional({ type: AddressBody }) shippingAddress?: AddressBody;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { cart: 'c-981' } }) metadata!: Record<string, string>;
  @ApiPropertyOptional({ type: String, example: 'de-DE' }) locale?: string;
  @ApiPropertyOptional({ type: String, description: 'The latest payment attempt, or the one that succeeded.' }) transactionId?: string;
  @ApiPropertyOptional({ type: String, description: 'The newer checkout of the same reference that replaced this one.' })
  supersededBy?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T10:00:00.000Z' }) expiresAt!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) completedAt?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class CheckoutListResponse {
  @ApiProperty({ type: [CheckoutResponse] }) checkouts!: CheckoutResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all checkouts that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const CREATED_CHECKOUT_EXAMPLE = {
  id: '507f1f77bcf86cd799439011',
  sessionPublicId: 'abc123xyz789def456',
  shortCode: 'aB3xK9mw2P',
  paymentUrl: 'https://secure.example/checkout/aB3xK9mw2P',
} satisfies CreatedCheckoutResponse;

export const CHECKOUT_EXAMPLE = {
  ...CREATED_CHECKOUT_EXAMPLE,
  siteId: '507f1f77bcf86cd799439012',
  livemode: false,
  status: 'open',
  amount: 4900,
  currency: 'EUR',
  email: 'buyer@example.com',
  returnUrl: 'https://shop.example/success?txId={transactionId}',
  externalReference: 'order_12345',
  items: [{ name: 'Professional Plan', quantity: 1, unitPrice: 4900, vatRate: 19, itemType: 'digital_service' }],
  metadata: { cart: 'c-981' },
  expiresAt: '2026-03-02T10:00:00.000Z',
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies CheckoutResponse;
