import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { RATE_TYPES } from '@paygate/tax';
import type { RateType } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import { InCapitals, IsTaxCountry, IsDay, IsOneOf, IsRateCode } from '../../validation-rules/index.js';
import { RATE_SOURCES } from '../tax-rate.js';
import type { RateSource } from '../tax-rate.js';
import { FIELDS, IsTaxRegion } from './tax-rate-fields.js';

export class ListTaxRatesQuery extends PageQuery {
  @ApiPropertyOptional(FIELDS.country)
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsTaxCountry()
  country?: string;

  @ApiPropertyOptional({ ...FIELDS.region, description: 'State or province.' })
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsTaxRegion()
  region?: string;

  @ApiPropertyOptional(FIELDS.code)
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsRateCode()
  code?: string;

  @ApiPropertyOptional(FIELDS.type)
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(RATE_TYPES)
  type?: RateType;

  @ApiPropertyOptional(FIELDS.source)
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(RATE_SOURCES)
  source?: RateSource;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'Only rates that hold on this day.', example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  activeOn?: string;
}
