import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { REPORT_SOURCES } from '../../tax-records/index.js';
import type { ReportSource } from '../../tax-records/index.js';
import { IsCountryCode, IsCurrency, IsId, IsOneOf } from '../../validation-rules/index.js';
import { ZonedPeriodQuery } from '../../zoned-period/index.js';
import { COUNTRY_BASES } from '../country-reports.js';
import type { CountryBasis } from '../country-reports.js';

/** What every report of a period can be narrowed by. */
export class ReportQuery extends ZonedPeriodQuery {
  @ApiPropertyOptional({
    enum: REPORT_SOURCES,
    default: 'both',
    description:
      '`transactions`: payments, refunds and disputes. `invoices`: invoices and credit notes. `both`: all of them, the payment of an invoice counted once.',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(REPORT_SOURCES)
  source?: ReportSource;

  @ApiPropertyOptional({ type: String, description: 'ISO 4217; each currency on its own when absent.', example: 'EUR' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}

export class CountryReportQuery extends ReportQuery {
  @ApiPropertyOptional({
    enum: COUNTRY_BASES,
    default: 'buyer',
    description: 'By the country of the buyer, or by the one that taxes.',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(COUNTRY_BASES)
  countryBasis?: CountryBasis;
}

export class CountryDetailsQuery extends IntersectionType(CountryReportQuery, PageQuery) {
  @ApiPropertyOptional({
    type: String,
    description: 'ISO 3166-1 alpha-2; `ZZ` for sales whose country is not known.',
    example: 'FR',
    required: true,
  })
  @IsCountryCode()
  country!: string;
}
