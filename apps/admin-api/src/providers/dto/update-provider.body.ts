import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { EmptyClears, IfGiven, IsLabel, IsText } from '../../validation-rules/index.js';
import { FIELDS, RawCredentials } from './provider-fields.js';

/** Fields that are left out stay as they are; `null` or an empty text removes an optional one. */
export class UpdateProviderBody {
  @ApiPropertyOptional(FIELDS.label)
  @IfGiven()
  @IsLabel(200)
  label?: string;

  @ApiPropertyOptional({ ...FIELDS.description, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsText(2000)
  description?: string | null;

  @ApiPropertyOptional({
    ...FIELDS.credentials,
    description: 'Those that are left out, or sent as they are shown, stay as they are.',
    example: { webhookSecret: 'whsec_exampleexample' },
  })
  @IfGiven()
  @RawCredentials()
  credentials?: Record<string, unknown>;
}
