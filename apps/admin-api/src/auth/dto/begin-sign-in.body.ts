import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsEmailAddress, IsLabel, IsText } from '../../validation-rules/index.js';

/** Nothing: sign in. With a setup token or an invitation: register. */
export class BeginSignInBody {
  @ApiPropertyOptional({ description: 'Registers the first administrator; the server prints it when it starts.', example: 'k3v9w2-…' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(200)
  setupToken?: string;

  @ApiPropertyOptional({ description: 'Registers an invited person; from the link of the invitation.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(300)
  invitationToken?: string;

  @ApiPropertyOptional({ description: 'With `setupToken` only; an invitation has its own.', example: 'ada@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({ description: 'Needed to register.', maxLength: 100, example: 'Ada Lovelace' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(100)
  displayName?: string;
}
