import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { CHARGEBACK_STATUSES } from '@paygate/payments-domain';
import type { ChargebackStatus } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { IsOneOf, IsText } from '../../validation-rules/index.js';

export class UpdateChargebackBody {
  @ApiProperty({
    enum: CHARGEBACK_STATUSES,
    description: 'open → under_review → won, lost or accepted; a decided dispute stays as it is.',
    example: 'under_review',
  })
  @IsOneOf(CHARGEBACK_STATUSES)
  status!: ChargebackStatus;

  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'Kept in the timeline of the transaction.', example: 'Evidence sent' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  note?: string;
}
