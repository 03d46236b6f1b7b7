import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { InCapitals, IsDay, rule } from '../../validation-rules/index.js';

const CURRENCY = /^[A-Z]{3}$/;

export class ListExchangeRatesQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, description: 'Only this currency, ISO 4217; also one that is no more.', example: 'USD' })
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @rule('currency', 'an ISO 4217 currency code, e.g. USD', (value) => typeof value === 'string' && CURRENCY.test(value))
  currency?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'First day.', example: '2026-01-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'Last day.', example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  to?: string;
}
