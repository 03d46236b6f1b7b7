import { ApiProperty } from '@nestjs/swagger';
import { Metadata } from '../../validation-rules/index.js';

export class UpdateTransactionBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 50,
    description: 'Replaces the metadata of the transaction; an empty object clears it.',
    example: { cart: 'c-981', ticket: '4711' },
  })
  @Metadata()
  metadata!: Record<string, string>;
}
