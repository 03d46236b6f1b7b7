import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsLabel, IsPlainObject } from '../../validation-rules/index.js';

export class CompleteSignInBody {
  @ApiProperty({
    type: Object,
    additionalProperties: true,
    description: 'What `navigator.credentials.get()` or `create()` returned, by its `toJSON()`.',
  })
  @IsPlainObject()
  response!: object;

  @ApiPropertyOptional({ description: 'What to call a new passkey.', maxLength: 60, example: 'Phone' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(60)
  label?: string;
}
