import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const STATUSES = ['valid', 'invalid', 'format', 'unavailable', 'recent'] as const;

export class VatIdResponse {
  @ApiProperty({ type: Boolean, description: 'Nothing speaks against it: `status` is valid, recent or format.', example: true })
  valid!: boolean;

  @ApiProperty({
    enum: STATUSES,
    description:
      '`format`: it looks right, and VIES knows no numbers of that country. `unavailable`: VIES gave no answer. ' +
      '`recent`: it gives none now, and a positive one is young enough by the tax settings.',
    example: 'valid',
  })
  status!: (typeof STATUSES)[number];

  @ApiProperty({ type: String, description: 'As it is stored: prefix and number.', example: 'ATU13585627' }) vatId!: string;
  @ApiProperty({ type: String, description: 'ISO 3166-1 alpha-2; `XI` for Northern Ireland; empty when nobody can say.', example: 'AT' })
  countryCode!: string;

  @ApiPropertyOptional({ type: String, description: 'Some states do not tell it.', example: 'Muster GmbH' }) companyName?: string;
  @ApiPropertyOptional({ type: String, example: 'Ring 1\n1010 Wien' }) address?: string;
  @ApiPropertyOptional({
    type: String,
    description: 'Proof of the question; given where the tax settings have the VAT id of the organization.',
    example: 'WAPIAAAAY9Pwr3aB',
  })
  consultationNumber?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When VIES answered.', example: '2026-03-01T10:00:00.000Z' })
  checkedAt?: string;
  @ApiPropertyOptional({
    type: String,
    description: 'Why it is not valid (`MALFORMED`, `CHECK_DIGITS`, `NOT_REGISTERED`), or why there is no answer, e.g. `MS_UNAVAILABLE`.',
  })
  reason?: string;
}

export const VAT_ID_EXAMPLE = {
  valid: true,
  status: 'valid',
  vatId: 'ATU13585627',
  countryCode: 'AT',
  companyName: 'Muster GmbH',
  address: 'Ring 1\n1010 Wien',
  consultationNumber: 'WAPIAAAAY9Pwr3aB',
  checkedAt: '2026-03-01T10:00:00.000Z',
} satisfies VatIdResponse;

export class EuCountryResponse {
  @ApiProperty({ type: String, description: 'ISO 3166-1 alpha-2; `XI` for Northern Ireland.', example: 'GR' }) countryCode!: string;
  @ApiProperty({ type: String, description: 'What its VAT ids begin with.', example: 'EL' }) vatPrefix!: string;
  @ApiProperty({ type: String, example: 'Greece' }) name!: string;
  @ApiProperty({ type: String, description: 'ISO 4217.', example: 'EUR' }) currency!: string;
  @ApiProperty({ type: Boolean, description: 'False for Northern Ireland alone.', example: true }) memberState!: boolean;
}

export class EuCountriesResponse {
  @ApiProperty({ type: [EuCountryResponse] }) countries!: EuCountryResponse[];
}
