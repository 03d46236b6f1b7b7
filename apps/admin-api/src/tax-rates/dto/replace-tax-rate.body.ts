import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { EmptyClears, IsDay } from '../../validation-rules/index.js';
import { FIELDS, IsTaxPercent } from './tax-rate-fields.js';

export class ReplaceTaxRateBody {
  @ApiProperty(FIELDS.rate)
  @IsTaxPercent()
  rate!: number;

  @ApiProperty({
    ...FIELDS.validFrom,
    description: 'First day of the new rate; the present one ends the day before.',
    example: '2027-01-01',
  })
  @IsDay()
  effectiveFrom!: string;

  @ApiPropertyOptional({
    ...FIELDS.validTo,
    nullable: true,
    description: 'Last day of the new rate; as for the present one when left out, none when null.',
    example: '2027-06-30',
  })
  @EmptyClears()
  @IsOptional()
  @IsDay()
  validTo?: string | null;
}
