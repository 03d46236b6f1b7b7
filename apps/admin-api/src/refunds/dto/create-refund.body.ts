import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsAmount, IsText, MAX_MINOR_UNITS } from '../../validation-rules/index.js';

export class CreateRefundBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_MINOR_UNITS,
    description: 'Minor units of the transaction’s currency. Left out: everything that is left.',
    example: 1900,
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsAmount()
  amount?: number;

  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'Why; some providers show it to the buyer.', example: 'Returned' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  reason?: string;
}
