import { ApiProperty } from '@nestjs/swagger';
import { IsLabel } from '../../validation-rules/index.js';

export class AcceptInvitationBody {
  @ApiProperty({ type: String, maxLength: 300, description: 'From the link: what follows `#invitation=`.' })
  @IsLabel(300)
  token!: string;
}
