import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsLabel, IsOneOf, IsText } from '../../validation-rules/index.js';
import { FIELDS, RawCredentials, TYPE_NAMES } from './provider-fields.js';

export class CreateProviderBody {
  @ApiProperty(FIELDS.type)
  @IsOneOf(TYPE_NAMES)
  type!: string;

  @ApiProperty(FIELDS.label)
  @IsLabel(200)
  label!: string;

  @ApiPropertyOptional(FIELDS.description)
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(2000)
  description?: string;

  @ApiProperty({ ...FIELDS.credentials, description: 'The fields that `GET /api/v1/providers/types` lists for the type.' })
  @RawCredentials()
  credentials!: Record<string, unknown>;
}
