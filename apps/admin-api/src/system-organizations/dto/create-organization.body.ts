import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsEmailAddress, IsLabel } from '../../validation-rules/index.js';
import { IsSlug } from './slug-rule.js';

export class CreateOrganizationBody {
  @ApiProperty({ type: String, maxLength: 200, example: 'Example Shop Ltd' })
  @IsLabel(200)
  name!: string;

  @ApiProperty({ type: String, description: 'Unique on the platform; it never changes.', example: 'example-shop' })
  @IsSlug()
  slug!: string;

  @ApiPropertyOptional({ type: String, maxLength: 254, example: 'support@shop.example' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  supportEmail?: string;
}
