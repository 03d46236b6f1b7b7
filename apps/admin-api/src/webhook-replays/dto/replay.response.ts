import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REPLAY_SELECTIONS, REPLAY_STATES } from '@paygate/messages';
import type { ReplaySelection, ReplayState } from '@paygate/messages';

/** Notifications of an endpoint that are sent once more. */
export class ReplayResponse {
  @ApiProperty({ type: String, example: 'rpl_01jd2y8m3k' }) id!: string;
  @ApiProperty({ type: String, example: 'we_01jd2y8m3k' }) endpointId!: string;
  @ApiProperty({ enum: REPLAY_SELECTIONS, example: 'failed' }) selection!: ReplaySelection;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-01T00:00:00.000Z' }) from?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-07T12:00:00.000Z' }) to?: string;
  @ApiProperty({ type: 'integer', example: 20 }) ratePerSecond!: number;
  @ApiProperty({ enum: REPLAY_STATES, example: 'running' }) state!: ReplayState;
  @ApiProperty({ type: 'integer', description: 'Put on their way again.', example: 140 }) resent!: number;
  @ApiProperty({ type: 'integer', description: 'Overtaken by newer ones, or on their way already.', example: 3 }) skipped!: number;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-08T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-08T10:00:07.000Z' }) updatedAt!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) finishedAt?: string;
}

export class ReplayListResponse {
  @ApiProperty({ type: [ReplayResponse] }) webhookReplays!: ReplayResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const REPLAY_EXAMPLE = {
  id: 'rpl_01jd2y8m3k',
  endpointId: 'we_01jd2y8m3k',
  selection: 'failed',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-07T12:00:00.000Z',
  ratePerSecond: 20,
  state: 'running',
  resent: 140,
  skipped: 3,
  createdAt: '2026-03-08T10:00:00.000Z',
  updatedAt: '2026-03-08T10:00:07.000Z',
} satisfies ReplayResponse;
