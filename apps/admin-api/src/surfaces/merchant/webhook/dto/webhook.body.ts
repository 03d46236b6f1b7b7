import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional, ValidateIf } from 'class-validator';
import { EmptyClears, IsHttpUrl, rule } from '../../../../validation-rules/index.js';

export class SetWebhookBody {
  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: 2000,
    description: 'A public https address, without credentials and fragment. `null` or an empty text: no webhook any more.',
    example: 'https://your-server.com/webhooks',
  })
  @EmptyClears()
  @ValidateIf((_body, value) => value !== null)
  @IsHttpUrl()
  endpoint_url!: string | null;
}

const TRANSACTION_ID = /^(?:TX)?([0-9a-f]{24})$/i;

function IsTransactionId(): PropertyDecorator {
  const expected = 'the id of a transaction: 24 hexadecimal characters, with or without TX before them';
  return rule('transaction_id', expected, (value) => typeof value === 'string' && TRANSACTION_ID.test(value));
}

/** The id without the `TX` that merchants know it with. */
export function bareTransactionId(text: string): string {
  return (TRANSACTION_ID.exec(text)?.[1] ?? text).toLowerCase();
}

export class ResendTransactionBody {
  @ApiPropertyOptional({
    type: String,
    description: 'With or without `TX` before it. The newest transaction when it is left out.',
    example: 'TX507f1f77bcf86cd799439021',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsTransactionId()
  transaction_id?: string;
}
