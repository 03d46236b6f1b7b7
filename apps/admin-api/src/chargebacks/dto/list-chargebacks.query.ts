import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { CHARGEBACK_STATUSES } from '@paygate/payments-domain';
import type { ChargebackStatus } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { MoneyListQuery } from '../../list-filters/index.js';
import { IsId, IsOneOf } from '../../validation-rules/index.js';

export class ListChargebacksQuery extends MoneyListQuery {
  @ApiPropertyOptional({ enum: CHARGEBACK_STATUSES, example: 'open' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(CHARGEBACK_STATUSES)
  status?: ChargebackStatus;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  clientId?: string;
}
