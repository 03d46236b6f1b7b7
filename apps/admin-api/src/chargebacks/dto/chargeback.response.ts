import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CHARGEBACK_STATUSES } from '@paygate/payments-domain';
import type { ChargebackStatus } from '@paygate/payments-domain';

export class ChargebackResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439041' }) id!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) transactionId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439011' }) checkoutId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) siteId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439013' }) providerId!: string;
  @ApiProperty({ type: String, example: 'stripe' }) providerType!: string;
  @ApiProperty({ type: Boolean, example: false }) livemode!: boolean;
  @ApiProperty({ enum: CHARGEBACK_STATUSES, example: 'open' }) status!: ChargebackStatus;
  @ApiProperty({ type: 'integer', description: 'What the buyer’s bank wants back, in minor units.', example: 4900 }) amount!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiPropertyOptional({ type: String, description: 'The provider’s own code.', example: 'fraudulent' }) reason?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Until when the provider takes evidence.' })
  evidenceDueBy?: string;
  @ApiPropertyOptional({ type: String, example: 'order_12345' }) externalReference?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' }) clientId?: string;
  @ApiPropertyOptional({ type: String, example: 'buyer@example.com' }) email?: string;
  @ApiProperty({ type: String, description: 'The dispute’s id at the provider.', example: 'dp_1Nx' }) providerReference!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) closedAt?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-20T09:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-20T09:00:00.000Z' }) updatedAt!: string;
}

export class ChargebackListResponse {
  @ApiProperty({ type: [ChargebackResponse] }) chargebacks!: ChargebackResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all disputes that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const CHARGEBACK_EXAMPLE = {
  id: '507f1f77bcf86cd799439041',
  transactionId: '507f1f77bcf86cd799439021',
  checkoutId: '507f1f77bcf86cd799439011',
  siteId: '507f1f77bcf86cd799439012',
  providerId: '507f1f77bcf86cd799439013',
  providerType: 'stripe',
  livemode: false,
  status: 'open',
  amount: 4900,
  currency: 'EUR',
  reason: 'fraudulent',
  evidenceDueBy: '2026-03-30T23:59:59.000Z',
  externalReference: 'order_12345',
  email: 'buyer@example.com',
  providerReference: 'dp_1Nx',
  createdAt: '2026-03-20T09:00:00.000Z',
  updatedAt: '2026-03-20T09:00:00.000Z',
} satisfies ChargebackResponse;
