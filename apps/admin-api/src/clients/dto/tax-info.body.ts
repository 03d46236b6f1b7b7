import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IsCountryCode, IsOneOf, IsPlainObject, IsText, rule } from '../../validation-rules/index.js';
import { TAX_ID_TYPES } from '../client.js';
import type { TaxIdType } from '../client.js';
import { Clearable } from './clearable.js';

const SCHEME_ID = /^\d{4}$/;
const PARTICIPANT = /^[\x21-\x7e]{1,50}$/;

/** A value that is stored encrypted. */
export class TaxIdBody {
  @ApiProperty({ type: String, maxLength: 50, example: 'DE123456789' })
  @Clearable()
  @IsText(50)
  plaintext?: string | null;
}

/** A value that is stored encrypted. */
export class PeppolValueBody {
  @ApiProperty({ type: String, maxLength: 50, description: 'The participant, without its scheme.', example: 'DE123456789' })
  @rule(
    'peppol_value',
    '1 to 50 printable ASCII characters without blanks',
    (value) => typeof value === 'string' && PARTICIPANT.test(value),
  )
  plaintext!: string;
}

export class PeppolRoutingAddressBody {
  @ApiProperty({ type: String, description: 'Scheme of the participant id, as of ISO 6523: 4 digits.', example: '9930' })
  @rule('peppol_scheme', 'a scheme id of 4 digits, e.g. 9930', (value) => typeof value === 'string' && SCHEME_ID.test(value))
  schemeId!: string;

  @ApiProperty({ type: PeppolValueBody })
  @IsPlainObject()
  @ValidateNested()
  @Type(() => PeppolValueBody)
  value!: PeppolValueBody;
}

/** What invoices need to know about a client's taxes. Given again it replaces what was there. */
export class TaxInfoBody {
  @ApiPropertyOptional({ type: TaxIdBody })
  @Clearable()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => TaxIdBody)
  taxId?: TaxIdBody | null;

  @ApiPropertyOptional({ enum: TAX_ID_TYPES, description: '`vat` when there is a tax id and nothing else is said.', example: 'vat' })
  @Clearable()
  @IsOneOf(TAX_ID_TYPES)
  taxIdType?: TaxIdType | null;

  @ApiPropertyOptional({ type: String, description: 'ISO 3166-1 alpha-2.', example: 'DE' })
  @Clearable()
  @IsCountryCode()
  taxCountry?: string | null;

  @ApiPropertyOptional({ type: PeppolRoutingAddressBody, description: 'Where electronic invoices reach the client.' })
  @Clearable()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => PeppolRoutingAddressBody)
  peppolRoutingAddress?: PeppolRoutingAddressBody | null;
}
