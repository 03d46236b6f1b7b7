import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { SUPPLY_TYPES } from '@paygate/tax';
import type { SupplyType } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import { IsCountryCode, IsId, IsOneOf, IsQueryInteger, IsText, IsTimezone } from '../../validation-rules/index.js';
import { DECIMAL_SIGNS } from '../oss/elster-csv.js';
import type { DecimalSign } from '../oss/elster-csv.js';

const FIRST_YEAR = 2015;
const LAST_YEAR = 2999;

export class VatOssQuery {
  @ApiProperty({ type: 'integer', minimum: FIRST_YEAR, maximum: LAST_YEAR, example: 2026 })
  @IsQueryInteger(FIRST_YEAR, LAST_YEAR)
  year!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4, example: 1 })
  @IsQueryInteger(1, 4)
  quarter!: number;

  @ApiPropertyOptional({
    type: String,
    description: 'IANA time zone of the quarter; that of the organization’s profile unless given, else UTC.',
    example: 'Europe/Berlin',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsTimezone()
  timezone?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}

export class VatOssDetailsQuery extends IntersectionType(VatOssQuery, PageQuery) {
  @ApiPropertyOptional({ type: String, description: 'Member State of consumption.', example: 'FR' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCode()
  country?: string;

  @ApiPropertyOptional({ type: String, maxLength: 64, example: 'FR_STANDARD' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(64)
  rateCode?: string;

  @ApiPropertyOptional({ enum: SUPPLY_TYPES, example: 'digital_service' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(SUPPLY_TYPES)
  supplyType?: SupplyType;
}

export class ElsterExportQuery extends VatOssQuery {
  @ApiPropertyOptional({ enum: DECIMAL_SIGNS, default: 'dot', description: 'How decimals are written; with a comma they are quoted.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(DECIMAL_SIGNS)
  decimal?: DecimalSign;
}
