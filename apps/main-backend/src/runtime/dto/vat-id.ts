import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional, IsString, Length, Matches } from 'class-validator';

const TWO_LETTERS = { message: '$property must be a country code of two letters' };
const STATUSES = ['valid', 'invalid', 'format', 'unavailable', 'recent'] as const;

export class ValidateVatIdBody {
  @ApiProperty({ example: 'ATU13585627', description: 'Spaces, dots and dashes do not matter.' })
  @IsString()
  @Length(1, 50)
  vatId!: string;

  @ApiPropertyOptional({ example: 'AT', description: 'Where the company is: lets its number come without the prefix.' })
  @EmptyAsAbsent()
  @IsOptional()
  @Matches(/^[A-Za-z]{2}$/, TWO_LETTERS)
  countryCode?: string;

  @ApiPropertyOptional({
    description:
      'The session of the checkout, also accepted as header X-Checkout-Session. Without it only form and check digits are looked at.',
    example: 'k7RwPd3nXq9TzB5mHsYv2cJf',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @Length(1, 128)
  sessionPublicId?: string;
}

export class VatIdAnswer {
  @ApiProperty({ example: true, description: 'Nothing speaks against it: `status` is valid, recent or format.' }) valid!: boolean;

  @ApiProperty({
    enum: STATUSES,
    example: 'valid',
    description: 'format: it looks right and was not asked about. unavailable: it was asked about, and there is no answer now.',
  })
  status!: (typeof STATUSES)[number];

  @ApiProperty({ example: 'ATU13585627', description: 'As it is stored.' }) vatId!: string;
  @ApiProperty({ example: 'AT', description: 'ISO 3166-1 alpha-2; XI for Northern Ireland; empty when nobody can say.' })
  countryCode!: string;

  @ApiPropertyOptional({ example: 'Muster GmbH', description: 'Some states do not tell it.' }) companyName?: string;
  @ApiPropertyOptional({ example: 'Ring 1\n1010 Wien' }) address?: string;
  @ApiPropertyOptional({ example: 'MS_UNAVAILABLE', description: 'Why it is not valid, or why there is no answer.' }) reason?: string;
}

export class EuCountryParams {
  @Matches(/^[A-Za-z]{2}$/, TWO_LETTERS)
  code!: string;
}

export class EuCountryAnswer {
  @ApiProperty({ example: 'GR', description: 'ISO 3166-1 alpha-2; XI for Northern Ireland.' }) countryCode!: string;
  @ApiProperty({ example: true }) isEuMember!: boolean;
  @ApiPropertyOptional({
    example: 'EL',
    description: 'What its VAT ids begin with, where the European Commission can be asked about them.',
  })
  vatPrefix?: string;
  @ApiPropertyOptional({ example: 'Greece' }) name?: string;
  @ApiPropertyOptional({ example: 'EUR' }) currency?: string;
}
