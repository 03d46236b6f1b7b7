import { ApiProperty } from '@nestjs/swagger';
import { IsId } from '../../validation-rules/index.js';

export class ImportBankStatementQuery {
  @ApiProperty({ type: String, description: 'The provider whose bank account the statement is of.', example: '507f1f77bcf86cd799439013' })
  @IsId()
  providerId!: string;
}
