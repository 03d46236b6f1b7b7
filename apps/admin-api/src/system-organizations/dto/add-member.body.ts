import { ApiProperty } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { IsId, IsOneOf } from '../../validation-rules/index.js';

export class AddMemberBody {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439031' })
  @IsId()
  userId!: string;

  @ApiProperty({ enum: ROLES, example: 'admin' })
  @IsOneOf(ROLES)
  role!: Role;
}
