import { ApiProperty } from '@nestjs/swagger';
import { IsId } from '../../validation-rules/index.js';

export class AssignBankReceiptBody {
  @ApiProperty({ type: String, description: 'The payment the money was paid for.', example: '507f1f77bcf86cd799439021' })
  @IsId()
  transactionId!: string;
}
