import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REBUILD_STATES } from '../tax-rebuild.js';
import type { RebuildState } from '../tax-rebuild.js';

class RebuildProblemResponse {
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439021' }) transactionId?: string;
  @ApiProperty({ type: String, example: 'record_missing' }) code!: string;
  @ApiProperty({ type: String, description: 'What differed.', example: 'The records of refund-507f1f77bcf86cd799439061-1 were missing.' })
  message!: string;
}

export class TaxRebuildResponse {
  @ApiProperty({ type: String, example: 'txr_01jd2y8m3kfh6zq0x4w9v7t5rc' }) jobId!: string;
  @ApiProperty({ enum: REBUILD_STATES, example: 'completed' }) status!: RebuildState;
  @ApiProperty({ type: 'integer', description: 'Transactions that were looked at.', example: 120 }) processed!: number;
  @ApiProperty({ type: 'integer', description: 'Transactions in all; 0 before the first were looked at.', example: 120 }) total!: number;
  @ApiProperty({ type: 'integer', description: 'Whose records were missing or different, and were set right.', example: 1 })
  changed!: number;
  @ApiProperty({ type: 'integer', description: 'Left out because they belong to an invoice.', example: 0 }) skipped!: number;
  @ApiProperty({ type: [RebuildProblemResponse], description: 'What differed; the first 100.' }) errors!: RebuildProblemResponse[];
  @ApiPropertyOptional({ type: String, format: 'date-time' }) from?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) to?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' }) siteId?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-04-01T08:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-04-01T08:00:03.000Z' }) updatedAt!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-04-01T08:00:03.000Z' }) finishedAt?: string;
}

export const REBUILD_EXAMPLE = {
  jobId: 'txr_01jd2y8m3kfh6zq0x4w9v7t5rc',
  status: 'completed',
  processed: 120,
  total: 120,
  changed: 1,
  skipped: 0,
  errors: [
    {
      transactionId: '507f1f77bcf86cd799439021',
      code: 'record_missing',
      message: 'The records of refund-507f1f77bcf86cd799439061-1 were missing.',
    },
  ],
  createdAt: '2026-04-01T08:00:00.000Z',
  updatedAt: '2026-04-01T08:00:03.000Z',
  finishedAt: '2026-04-01T08:00:03.000Z',
} satisfies TaxRebuildResponse;
