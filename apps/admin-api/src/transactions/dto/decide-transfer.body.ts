import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TRANSFER_DECISIONS } from '@paygate/messages';
import type { TransferDecision } from '@paygate/messages';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsAmount, IsDateOrInstant, IsOneOf, IsText } from '../../validation-rules/index.js';

export class DecideTransferBody {
  @ApiProperty({ enum: TRANSFER_DECISIONS, example: 'succeeded' })
  @IsOneOf(TRANSFER_DECISIONS)
  status!: TransferDecision;

  @ApiPropertyOptional({
    type: 'integer',
    description:
      'All the money that came for this payment so far, in minor units; the whole amount unless given. While it is less than the amount, the payment stays pending.',
    example: 4900,
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsAmount()
  receivedAmount?: number;

  @ApiPropertyOptional({ type: String, description: 'When the bank booked it.', example: '2026-03-02' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  receivedOn?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500, example: 'Statement of 3 March, line 4' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  note?: string;
}
