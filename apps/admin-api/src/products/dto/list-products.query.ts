import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsCurrency, IsLabel, IsQueryFlag } from '../../validation-rules/index.js';

export class ListProductsQuery extends PageQuery {
  @ApiPropertyOptional({ type: Boolean, example: true })
  @EmptyAsAbsent()
  @IsOptional()
  @IsQueryFlag()
  active?: boolean;

  @ApiPropertyOptional({ type: String, description: 'ISO 4217.', example: 'EUR' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ type: String, maxLength: 100, example: 'PRO-1M' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(100)
  sku?: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 200,
    description: 'The beginning of the name; case and accents do not matter.',
    example: 'prof',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(200)
  q?: string;
}
