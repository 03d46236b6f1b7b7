import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REFUND_ORIGINS } from '@paygate/messages';
import type { RefundOrigin } from '@paygate/messages';
import { REFUND_STATUSES } from '@paygate/payments-domain';
import type { RefundStatus } from '@paygate/payments-domain';

export class RefundFailureResponse {
  @ApiProperty({ type: String, example: 'expired_or_canceled_card' }) code!: string;
  @ApiProperty({ type: String, example: 'The card is closed.' }) message!: string;
}

export class RefundResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439031' }) id!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) transactionId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439011' }) checkoutId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) siteId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439013' }) providerId!: string;
  @ApiProperty({ type: String, example: 'stripe' }) providerType!: string;
  @ApiProperty({ type: Boolean, example: false }) livemode!: boolean;
  @ApiProperty({ enum: REFUND_ORIGINS, description: 'Whether it was asked for here or made at the provider.', example: 'merchant' })
  origin!: RefundOrigin;
  @ApiProperty({ enum: REFUND_STATUSES, description: 'The amount of a pending one is taken already.', example: 'succeeded' })
  status!: RefundStatus;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 1900 }) amount!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiPropertyOptional({ type: String, example: 'Returned' }) reason?: string;
  @ApiPropertyOptional({ type: String, example: 'order_12345' }) externalReference?: string;
  @ApiPropertyOptional({ type: String, description: 'The refund’s id at the provider.', example: 're_3Nx' }) providerReference?: string;
  @ApiPropertyOptional({ type: RefundFailureResponse }) failure?: RefundFailureResponse;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:00:01.000Z' }) updatedAt!: string;
}

export class RefundListResponse {
  @ApiProperty({ type: [RefundResponse] }) refunds!: RefundResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all refunds that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const REFUND_EXAMPLE = {
  id: '507f1f77bcf86cd799439031',
  transactionId: '507f1f77bcf86cd799439021',
  checkoutId: '507f1f77bcf86cd799439011',
  siteId: '507f1f77bcf86cd799439012',
  providerId: '507f1f77bcf86cd799439013',
  providerType: 'stripe',
  livemode: false,
  origin: 'merchant',
  status: 'succeeded',
  amount: 1900,
  currency: 'EUR',
  reason: 'Returned',
  externalReference: 'order_12345',
  providerReference: 're_3Nx',
  createdAt: '2026-03-02T09:00:00.000Z',
  updatedAt: '2026-03-02T09:00:01.000Z',
} satisfies RefundResponse;
