import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { RECOGNITION_MODES, TAX_SOURCE_KINDS } from '@paygate/messages';
import type { RecognitionMode, TaxSourceKind } from '@paygate/messages';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { TAX_TREATMENTS } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import { IsCountryCode, IsCurrency, IsId, IsOneOf } from '../../validation-rules/index.js';
import { IsZonedDate, ZonedPeriodQuery } from '../../zoned-period/index.js';
import { STANDINGS } from '../tax-record.js';
import type { RecordTreatment, Standing } from '../tax-record.js';

const TREATMENTS = [...TAX_TREATMENTS, 'untaxed'] as const;

/** `from` and `to` are the names lists have for `startDate` and `endDate`. */
export class ListTaxRecordsQuery extends IntersectionType(PageQuery, ZonedPeriodQuery) {
  @ApiPropertyOptional({
    type: String,
    description: 'Counted on this day of `timezone` or later; or an instant with its offset.',
    example: '2026-01-01',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsZonedDate()
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'Counted on this day or earlier.', example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsZonedDate()
  to?: string;

  @ApiPropertyOptional({ enum: TAX_SOURCE_KINDS, example: 'transaction' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(TAX_SOURCE_KINDS)
  sourceKind?: TaxSourceKind;

  @ApiPropertyOptional({ type: String, description: 'Where the supply is taxed.', example: 'FR' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCode()
  taxCountry?: string;

  @ApiPropertyOptional({ enum: RECOGNITION_MODES, example: 'accrual' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(RECOGNITION_MODES)
  recognitionMode?: RecognitionMode;

  @ApiPropertyOptional({ enum: TREATMENTS, example: 'oss' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(TREATMENTS)
  taxTreatment?: RecordTreatment;

  @ApiPropertyOptional({ enum: STANDINGS, example: 'active' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(STANDINGS)
  standing?: Standing;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;

  @ApiPropertyOptional({ type: String, description: 'ISO 4217.', example: 'EUR' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439021' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  transactionId?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439051' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  invoiceId?: string;
}
