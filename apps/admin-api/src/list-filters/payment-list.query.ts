import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId, IsText } from '../validation-rules/index.js';
import { DatedListQuery } from './dated-list.query.js';

/** The filters that lists of checkouts and of transactions have in common. */
export class PaymentListQuery extends DatedListQuery {
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  clientId?: string;

  @ApiPropertyOptional({ type: String, maxLength: 64, example: 'order_12345' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(64)
  externalReference?: string;
}
