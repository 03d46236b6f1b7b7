import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsDateOrInstant, IsId } from '../../validation-rules/index.js';

export class StartRebuildBody {
  @ApiPropertyOptional({ type: String, description: 'ISO 8601, inclusive: when the payments were made.', example: '2026-01-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'ISO 8601, inclusive.', example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  to?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}
