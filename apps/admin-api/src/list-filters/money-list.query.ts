import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId } from '../validation-rules/index.js';
import { DatedListQuery } from './dated-list.query.js';

/** The filters that lists of what happened to paid money have in common. */
export class MoneyListQuery extends DatedListQuery {
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439021' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  transactionId?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439013' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  providerId?: string;
}
