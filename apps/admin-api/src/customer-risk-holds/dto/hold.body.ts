import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { HOLD_STATUSES } from '@paygate/messages';
import type { HoldStatus } from '@paygate/messages';
import { HOLD_ACTIONS, PROVIDER_TYPES } from '@paygate/payments-domain';
import type { HoldAction } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { IsEmailAddress, IsId, IsListOfSome, IsOneOf, IsText } from '../../validation-rules/index.js';

const TYPES = PROVIDER_TYPES.map(({ type }) => type);

export class CreateHoldBody {
  @ApiPropertyOptional({ type: String, format: 'email', description: 'This or `clientId` is needed.', example: 'buyer@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({ type: String, description: 'This or `email` is needed.', example: '507f1f77bcf86cd799439014' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  clientId?: string;

  @ApiProperty({
    enum: HOLD_ACTIONS,
    description: '`manual_review` blocks like `block_all` until it is released. `allow_provider_types` leaves some ways to pay.',
    example: 'allow_provider_types',
  })
  @IsOneOf(HOLD_ACTIONS)
  action!: HoldAction;

  @ApiPropertyOptional({
    type: [String],
    enum: TYPES,
    description: 'With `allow_provider_types`, and only then.',
    example: ['wire', 'wise'],
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsListOfSome(TYPES)
  allowedProviderTypes?: string[];

  @ApiPropertyOptional({ type: String, maxLength: 500, example: 'Called twice, no answer.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  note?: string;
}

export class ReleaseHoldBody {
  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'Replaces the note of the hold.', example: 'Paid by bank transfer.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  note?: string;
}

export class ListHoldsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: HOLD_STATUSES, example: 'active' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(HOLD_STATUSES)
  status?: HoldStatus;

  @ApiPropertyOptional({ type: String, format: 'email', example: 'buyer@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  clientId?: string;
}
