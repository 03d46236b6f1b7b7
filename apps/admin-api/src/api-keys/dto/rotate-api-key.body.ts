import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsIntegerWithin } from '../../validation-rules/index.js';

const WEEK_MINUTES = 7 * 24 * 60;

export class RotateApiKeyBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: WEEK_MINUTES,
    default: 0,
    description: 'How long the present secret keeps working beside the new one. Without it, it stops at once.',
    example: 60,
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsIntegerWithin(0, WEEK_MINUTES)
  gracePeriodMinutes?: number;
}
