import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsEmailAddress, IsFlag } from '../../validation-rules/index.js';

export class CreatePlatformInvitationBody {
  @ApiProperty({ type: String, maxLength: 254, example: 'grace@example.com' })
  @IsEmailAddress()
  email!: string;

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Whether the person will manage the platform.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  globalAdmin?: boolean;
}
