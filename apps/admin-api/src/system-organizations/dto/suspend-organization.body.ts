import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsText } from '../../validation-rules/index.js';

export class SuspendOrganizationBody {
  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'For operators and the audit log.', example: 'Requested by the bank' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  reason?: string;
}
