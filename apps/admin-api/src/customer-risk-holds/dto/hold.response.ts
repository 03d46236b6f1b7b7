import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { HOLD_STATUSES } from '@paygate/messages';
import type { CustomerRiskHoldView, HoldStatus } from '@paygate/messages';
import { HOLD_ACTIONS, HOLD_REASONS } from '@paygate/payments-domain';
import type { HoldAction, HoldReason } from '@paygate/payments-domain';

export class HoldResponse implements CustomerRiskHoldView {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439015' }) id!: string;
  @ApiProperty({ type: Boolean, example: true }) livemode!: boolean;
  @ApiProperty({ enum: HOLD_STATUSES, example: 'active' }) status!: HoldStatus;
  @ApiProperty({ enum: HOLD_ACTIONS, example: 'block_all' }) action!: HoldAction;
  @ApiProperty({ enum: HOLD_REASONS, example: 'lost_dispute' }) reason!: HoldReason;
  @ApiProperty({ type: [String], example: [] }) allowedProviderTypes!: string[];
  @ApiPropertyOptional({ type: String, example: 'buyer@example.com' }) email?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' }) clientId?: string;
  @ApiPropertyOptional({ type: String }) note?: string;
  @ApiPropertyOptional({ type: String, description: 'The dispute it came from.', example: '507f1f77bcf86cd799439016' })
  chargebackId?: string;
  @ApiPropertyOptional({ type: String, example: '69a1b2c3d4e5f60718293a4b' }) transactionId?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) releasedAt?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class HoldListResponse {
  @ApiProperty({ type: [HoldResponse] }) customerRiskHolds!: HoldResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const HOLD_EXAMPLE = {
  id: '507f1f77bcf86cd799439015',
  livemode: true,
  status: 'active',
  action: 'block_all',
  reason: 'lost_dispute',
  allowedProviderTypes: [],
  email: 'buyer@example.com',
  chargebackId: '507f1f77bcf86cd799439016',
  transactionId: '69a1b2c3d4e5f60718293a4b',
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies HoldResponse;

/** Field by field: what main-backend adds to its view becomes part of the public API only on purpose. */
export function presentHold(view: CustomerRiskHoldView): HoldResponse {
  const { id, livemode, status, action, reason, allowedProviderTypes, email, clientId, note } = view;
  const { chargebackId, transactionId, releasedAt, createdAt, updatedAt } = view;
  const origin = { chargebackId, transactionId };
  return { id, livemode, status, action, reason, allowedProviderTypes, email, clientId, note, ...origin, releasedAt, createdAt, updatedAt };
}
