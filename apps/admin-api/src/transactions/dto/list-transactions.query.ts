import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { PaymentListQuery } from '../../list-filters/index.js';
import { IsId, IsOneOf } from '../../validation-rules/index.js';

export class ListTransactionsQuery extends PaymentListQuery {
  @ApiPropertyOptional({ enum: TRANSACTION_STATUSES, example: 'succeeded' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(TRANSACTION_STATUSES)
  status?: TransactionStatus;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439013' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  providerId?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439011' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  checkoutId?: string;
}
