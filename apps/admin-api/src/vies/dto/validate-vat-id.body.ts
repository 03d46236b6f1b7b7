import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsNotEmpty, IsOptional } from 'class-validator';
import { IsCountryCode, IsFlag, IsText } from '../../validation-rules/index.js';

export class ValidateVatIdBody {
  @ApiProperty({ type: String, maxLength: 50, description: 'Spaces, dots and dashes do not matter.', example: 'ATU13585627' })
  @IsText(50)
  @IsNotEmpty()
  vatId!: string;

  @ApiPropertyOptional({ type: String, description: 'Where the company is: lets its number come without the prefix.', example: 'AT' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCode()
  countryCode?: string;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Ask anew, even when an answer of the last 24 hours is there: each positive answer is kept with its consultation number.',
    example: false,
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  fresh?: boolean;
}
