import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsLabel, IsPlainObject } from '../../validation-rules/index.js';

export class RenamePasskeyBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 60, example: 'Phone' })
  @IsLabel(60)
  label!: string;
}

export class AddPasskeyBody {
  @ApiProperty({
    type: Object,
    additionalProperties: true,
    description: 'What `navigator.credentials.create()` returned, by its `toJSON()`.',
  })
  @IsPlainObject()
  response!: object;

  @ApiPropertyOptional({ type: String, maxLength: 60, example: 'Phone' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(60)
  label?: string;
}
