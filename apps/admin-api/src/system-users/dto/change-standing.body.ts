import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsFlag } from '../../validation-rules/index.js';
import { ValidateIf } from 'class-validator';

/** Fields that are left out stay as they are. */
export class ChangeStandingBody {
  @ApiPropertyOptional({ type: Boolean, description: 'Whether the person may manage the platform.' })
  @ValidateIf((_body, value) => value !== undefined)
  @IsFlag()
  globalAdmin?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'Whether the person is kept from signing in.' })
  @ValidateIf((_body, value) => value !== undefined)
  @IsFlag()
  disabled?: boolean;
}
