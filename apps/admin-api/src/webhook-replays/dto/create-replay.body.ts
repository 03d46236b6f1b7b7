import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REPLAY_SELECTIONS } from '@paygate/messages';
import type { ReplaySelection } from '@paygate/messages';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsDateOrInstant, IsIntegerWithin, IsOneOf, IsText } from '../../validation-rules/index.js';

export class CreateReplayBody {
  @ApiProperty({ type: String, maxLength: 64, example: 'we_01jd2y8m3k' })
  @IsText(64)
  endpointId!: string;

  @ApiProperty({
    enum: REPLAY_SELECTIONS,
    description: '`failed`: what was given up. `all`: what was delivered as well.',
    example: 'failed',
  })
  @IsOneOf(REPLAY_SELECTIONS)
  selection!: ReplaySelection;

  @ApiPropertyOptional({
    type: String,
    description: 'ISO 8601, inclusive: when the notifications came into being. Left out: from the oldest that is kept.',
    example: '2026-03-01',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'ISO 8601, inclusive. Left out: to the newest.', example: '2026-03-07T12:00:00Z' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  to?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 20, description: 'Notifications per second.', example: 20 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsIntegerWithin(1, 200)
  ratePerSecond?: number;
}
