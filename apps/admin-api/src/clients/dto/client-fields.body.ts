import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateIf, ValidateNested } from 'class-validator';
import { AddressBody } from '../../postal-address/index.js';
import { canonicalLocale, IsCurrency, IsEmailAddress, IsLocaleTag, IsPlainObject, IsText, Metadata } from '../../validation-rules/index.js';
import { Clearable } from './clearable.js';
import { TaxInfoBody } from './tax-info.body.js';

function ClearableText(max: number, example: string, description?: string): PropertyDecorator {
  return (target, property) => {
    ApiPropertyOptional({ type: String, nullable: true, maxLength: max, example, description })(target, property);
    Clearable()(target, property);
    IsText(max)(target, property);
  };
}

function ClearableAddress(): PropertyDecorator {
  return (target, property) => {
    ApiPropertyOptional({ type: AddressBody, nullable: true, description: 'Replaces the whole address.' })(target, property);
    Clearable()(target, property);
    IsPlainObject()(target, property);
    ValidateNested()(target, property);
    Type(() => AddressBody)(target, property);
  };
}

/** For metadata, where nothing is an empty object. */
function EmptyAsNoEntries(): PropertyDecorator {
  return Transform(({ obj, key, value }: { obj: Record<string, unknown>; key: string; value: unknown }) =>
    obj[key] === null || obj[key] === '' ? {} : value,
  );
}

/** Everything of a client but its e-mail address. */
export class ClientFieldsBody {
  @ClearableText(200, 'Ada') firstName?: string | null;
  @ClearableText(200, 'Lovelace') lastName?: string | null;
  @ClearableText(200, 'Analytical Engines Ltd') company?: string | null;
  @ClearableText(50, '+49 30 1234567') phone?: string | null;
  @ClearableAddress() billingAddress?: AddressBody | null;
  @ClearableAddress() shippingAddress?: AddressBody | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 35, description: 'BCP 47 language of the client.', example: 'de-DE' })
  @Clearable()
  @Transform(({ value }: { value: unknown }) => canonicalLocale(value))
  @IsLocaleTag()
  locale?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'ISO 4217: what the client is usually billed in.', example: 'EUR' })
  @Clearable()
  @IsCurrency()
  currency?: string | null;

  @ClearableText(
    100,
    'customer_4711',
    'The client’s id in your systems, unique among your clients. It is stored readable: use no name or address.',
  )
  externalId?: string | null;

  @ClearableText(5000, 'Pays by bank transfer.', 'For your own people.') notes?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    nullable: true,
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 50,
    description: 'Free data of yours, at most 50 entries, replaced as a whole. Numbers and booleans are kept as text.',
    example: { segment: 'b2b' },
  })
  @EmptyAsNoEntries()
  @ValidateIf((_body, value) => value !== undefined)
  @Metadata()
  metadata?: Record<string, string>;

  @ApiPropertyOptional({ type: TaxInfoBody, nullable: true, description: 'Replaced as a whole.' })
  @Clearable()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => TaxInfoBody)
  taxInfo?: TaxInfoBody | null;
}

const EMAIL = {
  type: String,
  format: 'email',
  description: 'Unique among your clients, whatever its upper and lower case.',
  example: 'ada@example.com',
} as const;

export class CreateClientBody extends ClientFieldsBody {
  @ApiProperty(EMAIL)
  @IsEmailAddress()
  email!: string;
}

/** What is left out stays as it is; `null` or `""` empties a field. */
export class UpdateClientBody extends ClientFieldsBody {
  @ApiPropertyOptional({ ...EMAIL, description: `${EMAIL.description} It cannot be emptied.` })
  @ValidateIf((_body, value) => value !== undefined)
  @IsEmailAddress()
  email?: string;
}
