import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsFlag } from '../../validation-rules/index.js';

export class ToggleProviderBody {
  @ApiPropertyOptional({ type: Boolean, description: 'Left out: the other way round.', example: false })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  enabled?: boolean;
}
