import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { REFUND_STATUSES } from '@paygate/payments-domain';
import type { RefundStatus } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { MoneyListQuery } from '../../list-filters/index.js';
import { IsOneOf } from '../../validation-rules/index.js';

export class ListRefundsQuery extends MoneyListQuery {
  @ApiPropertyOptional({ enum: REFUND_STATUSES, example: 'succeeded' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(REFUND_STATUSES)
  status?: RefundStatus;
}
