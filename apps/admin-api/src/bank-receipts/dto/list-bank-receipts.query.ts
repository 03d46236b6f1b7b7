import { ApiPropertyOptional } from '@nestjs/swagger';
import { BANK_RECEIPT_STATES } from '@paygate/messages';
import type { BankReceiptState } from '@paygate/messages';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId, IsOneOf } from '../../validation-rules/index.js';

export class ListBankReceiptsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: BANK_RECEIPT_STATES, example: 'unassigned' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(BANK_RECEIPT_STATES)
  state?: BankReceiptState;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439013' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  providerId?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439021' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  transactionId?: string;
}
