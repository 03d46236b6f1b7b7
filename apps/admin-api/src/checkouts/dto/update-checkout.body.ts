import { ApiProperty } from '@nestjs/swagger';
import { Metadata } from '../../validation-rules/index.js';

export class UpdateCheckoutBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 50,
    description: 'Replaces the metadata of the checkout; an empty object clears it.',
    example: { cart: 'c-981', campaign: 'spring' },
  })
  @Metadata()
  metadata!: Record<string, string>;
}
