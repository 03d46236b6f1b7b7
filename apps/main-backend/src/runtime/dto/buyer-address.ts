import { ApiPropertyOptional } from '@nestjs/swagger';
import type { Address } from '@paygate/messages';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsEmail, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/**
 * A buyer's address. The documents name some parts in two ways; both are taken: `address1` or `line1`, `address2` or
 * `line2`, `postcode` or `postalCode`, `firstName` and `lastName` or `name`.
 */
export class BuyerAddress {
  @ApiPropertyOptional({ example: 'Ada' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  firstName?: string;

  @ApiPropertyOptional({ example: 'Lovelace' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  lastName?: string;

  @ApiPropertyOptional({ description: 'The whole name; used when firstName and lastName are absent.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ example: 'buyer@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @ApiPropertyOptional({ example: 'Analytical Engines Ltd' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  company?: string;

  @ApiPropertyOptional({ example: '12 St James Square' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  address1?: string;

  @ApiPropertyOptional({ description: 'Another name of address1.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  line1?: string;

  @ApiPropertyOptional()
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  address2?: string;

  @ApiPropertyOptional({ description: 'Another name of address2.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  line2?: string;

  @ApiPropertyOptional({ example: 'London' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  city?: string;

  @ApiPropertyOptional({ example: 'SW1Y 4JH' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(32)
  postcode?: string;

  @ApiPropertyOptional({ description: 'Another name of postcode.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(32)
  postalCode?: string;

  @ApiPropertyOptional()
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  state?: string;

  @ApiPropertyOptional({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @EmptyAsAbsent()
  @IsOptional()
  @Matches(/^[A-Za-z]{2}$/, { message: '$property must be a country code of two letters' })
  country?: string;

  @ApiPropertyOptional()
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(50)
  phone?: string;

  @ApiPropertyOptional()
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(50)
  vatId?: string;
}

/** In the form everything else uses; undefined when the buyer gave no part of an address. */
export function toAddress(given: BuyerAddress | undefined): Address | undefined {
  if (!given) return undefined;
  const { name, email: _email, line1, line2, postalCode, country, ...plain } = given;
  const address: Address = {
    ...splitName(name),
    ...plain,
    address1: plain.address1 ?? line1,
    address2: plain.address2 ?? line2,
    postcode: plain.postcode ?? postalCode,
    country: country?.toUpperCase(),
  };
  const parts = Object.entries(address).filter(([, value]) => value !== undefined);
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

/** The last word is the family name, as on most bank cards; a single word is taken for one. */
function splitName(name: string | undefined): { firstName?: string; lastName?: string } {
  const words = name?.trim().split(/\s+/) ?? [];
  const lastName = words.pop();
  return { ...(words.length > 0 ? { firstName: words.join(' ') } : {}), ...(lastName ? { lastName } : {}) };
}
