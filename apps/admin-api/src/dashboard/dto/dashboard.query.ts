import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsDay, IsId, IsOneOf } from '../../validation-rules/index.js';

export const TRAILING_PERIODS = ['7d', '30d'] as const;
export type TrailingPeriod = (typeof TRAILING_PERIODS)[number];

/** Which days the figures are of. Days begin at midnight UTC. */
export class DashboardQuery {
  @ApiPropertyOptional({ enum: TRAILING_PERIODS, default: '30d', description: 'The last days, today included. Not beside from and to.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(TRAILING_PERIODS)
  period?: TrailingPeriod;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'First day of a period of your own; needs to.', example: '2026-03-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'Last day; at most 366 days from the first.', example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  to?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description: 'First day of the equally long period to compare with; left out, the one right before.',
    example: '2025-03-01',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  compareFrom?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}
