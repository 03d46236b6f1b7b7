import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsCountryCode, IsDateOrInstant, IsEmailAddress, IsText } from '../../validation-rules/index.js';

export class ListClientsQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, description: 'The whole address, whatever its upper and lower case.', example: 'ada@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({ type: String, maxLength: 100, example: 'customer_4711' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(100)
  externalId?: string;

  @ApiPropertyOptional({ type: String, description: 'Country of the billing address, ISO 3166-1 alpha-2.', example: 'DE' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCode()
  country?: string;

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
}
