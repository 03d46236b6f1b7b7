import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { RATE_TYPES } from '@paygate/tax';
import type { RateType } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import { InCapitals, IsTaxCountry, IsDay, IsOneOf, IsRateCode } from '../../validation-rules/index.js';
import { FIELDS, IsTaxPercent, IsTaxRegion } from './tax-rate-fields.js';

export class CreateTaxRateBody {
  @ApiProperty(FIELDS.country)
  @InCapitals()
  @IsTaxCountry()
  country!: string;

  @ApiPropertyOptional(FIELDS.region)
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsTaxRegion()
  region?: string;

  @ApiProperty(FIELDS.code)
  @InCapitals()
  @IsRateCode()
  code!: string;

  @ApiProperty(FIELDS.type)
  @IsOneOf(RATE_TYPES)
  type!: RateType;

  @ApiProperty(FIELDS.rate)
  @IsTaxPercent()
  rate!: number;

  @ApiProperty({ ...FIELDS.validFrom, description: `${FIELDS.validFrom.description} It may lie ahead.` })
  @IsDay()
  validFrom!: string;

  @ApiPropertyOptional(FIELDS.validTo)
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  validTo?: string;
}
