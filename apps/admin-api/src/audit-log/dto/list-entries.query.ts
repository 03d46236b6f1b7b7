import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { AUDIT_ACTIONS } from '../../audit-trail/index.js';
import type { AuditAction } from '../../audit-trail/index.js';
import { IsDateOrInstant, IsOneOf, IsText } from '../../validation-rules/index.js';

/** Which entries of the log; conditions add up. */
export class ListEntriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: AUDIT_ACTIONS, example: 'api_key.rotated' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(AUDIT_ACTIONS)
  action?: AuditAction;

  @ApiPropertyOptional({
    type: String,
    description: '`user:<id>`, `api_key:<id>`, `system_key:<id>` or `system`.',
    example: 'user:507f1f77bcf86cd799439021',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(100)
  actor?: string;

  @ApiPropertyOptional({ type: String, example: 'api_key' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(50)
  resourceType?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Together with `resourceType`: the history of one record.',
    example: '507f1f77bcf86cd799439031',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(100)
  resourceId?: string;

  @ApiPropertyOptional({ type: String, description: 'At or after; a plain date means its beginning in UTC.', example: '2026-01-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'At or before; a plain date means its whole day in UTC.', example: '2026-03-31' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  to?: string;
}

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

/** The filters of the list, and the form of the file. */
export class ExportEntriesQuery extends ListEntriesQuery {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'csv', description: 'CSV with a header row, or one JSON object per line.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(EXPORT_FORMATS)
  format?: (typeof EXPORT_FORMATS)[number];
}
