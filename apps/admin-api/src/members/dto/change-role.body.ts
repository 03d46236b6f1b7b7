import { ApiProperty } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { IsOneOf } from '../../validation-rules/index.js';

export class ChangeRoleBody {
  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsOneOf(ROLES)
  role!: Role;
}
