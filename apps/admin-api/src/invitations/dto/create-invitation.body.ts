import { ApiProperty } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { IsEmailAddress, IsOneOf } from '../../validation-rules/index.js';

export class CreateInvitationBody {
  @ApiProperty({ type: String, maxLength: 254, example: 'grace@example.com' })
  @IsEmailAddress()
  email!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsOneOf(ROLES)
  role!: Role;
}
