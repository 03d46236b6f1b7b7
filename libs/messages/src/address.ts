import { IsOptional, IsString, MaxLength } from 'class-validator';

/** A postal address as shops send it. Every part is optional: orders without an address exist. */
export class Address {
  @IsOptional() @IsString() @MaxLength(200) firstName?: string;
  @IsOptional() @IsString() @MaxLength(200) lastName?: string;
  @IsOptional() @IsString() @MaxLength(200) company?: string;
  @IsOptional() @IsString() @MaxLength(200) address1?: string;
  @IsOptional() @IsString() @MaxLength(200) address2?: string;
  @IsOptional() @IsString() @MaxLength(200) city?: string;
  @IsOptional() @IsString() @MaxLength(32) postcode?: string;
  @IsOptional() @IsString() @MaxLength(100) state?: string;
  /** ISO 3166-1 alpha-2. */
  @IsOptional() @IsString() @MaxLength(2) country?: string;
  @IsOptional() @IsString() @MaxLength(50) phone?: string;
  @IsOptional() @IsString() @MaxLength(50) vatId?: string;
}
