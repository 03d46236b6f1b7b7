import { ApiPropertyOptional } from '@nestjs/swagger';
import { REPLAY_STATES } from '@paygate/messages';
import type { ReplayState } from '@paygate/messages';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsOneOf, IsText } from '../../validation-rules/index.js';

export class ListReplaysQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, maxLength: 64, example: 'we_01jd2y8m3k' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(64)
  endpointId?: string;

  @ApiPropertyOptional({ enum: REPLAY_STATES, example: 'running' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(REPLAY_STATES)
  state?: ReplayState;
}
