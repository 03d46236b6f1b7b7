import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsEmailAddress, IsQueryFlag } from '../../validation-rules/index.js';

export class ListUsersQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, description: 'The whole address.', example: 'ada@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({ type: Boolean })
  @EmptyAsAbsent()
  @IsOptional()
  @IsQueryFlag()
  globalAdmin?: boolean;

  @ApiPropertyOptional({ type: Boolean })
  @EmptyAsAbsent()
  @IsOptional()
  @IsQueryFlag()
  disabled?: boolean;
}
