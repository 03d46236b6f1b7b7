import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId } from '../../validation-rules/index.js';
import { IsHostName } from '../host-name.js';

export class CreateDomainBody {
  @ApiProperty({
    type: String,
    maxLength: 253,
    description: 'A host name without scheme, port or path; not a name of this platform.',
    example: 'pay.shop.example',
  })
  @IsHostName()
  domain!: string;

  @ApiPropertyOptional({ type: String, description: 'The site it is meant for.', example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}
