import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsOneOf } from '../../validation-rules/index.js';
import { KEY_STATUSES } from '../api-key.js';
import type { KeyStatus } from '../api-key.js';
import { ENVIRONMENTS } from '../api-key.schema.js';
import type { Environment } from '../api-key.schema.js';

export class ListApiKeysQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ENVIRONMENTS, example: 'test' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(ENVIRONMENTS)
  environment?: Environment;

  @ApiPropertyOptional({ enum: KEY_STATUSES, example: 'active' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(KEY_STATUSES)
  status?: KeyStatus;
}
