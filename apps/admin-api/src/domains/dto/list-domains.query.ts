import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId, IsOneOf } from '../../validation-rules/index.js';

const STATUSES = ['pending', 'verified'] as const;

export class ListDomainsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATUSES })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(STATUSES)
  status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}
