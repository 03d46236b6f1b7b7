import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId } from '../../validation-rules/index.js';
import { IsHostName } from '../host-name.js';

/** One of the two. */
export class VerifyCnameQuery {
  @ApiPropertyOptional({ type: String, description: 'A registered domain. Needed unless `id` is given.', example: 'pay.shop.example' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsHostName()
  domain?: string;

  @ApiPropertyOptional({ type: String, description: 'Its id, instead of `domain`.', example: '507f1f77bcf86cd799439021' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  id?: string;
}
