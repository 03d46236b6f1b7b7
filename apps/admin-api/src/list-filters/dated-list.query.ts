import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsCurrency, IsDateOrInstant, IsId } from '../validation-rules/index.js';

/** The filters of every list of money: which site, which currency, when. */
export class DatedListQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, description: 'ISO 4217.', example: 'EUR' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Created at or after; a plain date means its beginning in UTC.',
    example: '2026-01-01',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  from?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Created at or before; a plain date means its whole day in UTC.',
    example: '2026-03-31',
  })
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
