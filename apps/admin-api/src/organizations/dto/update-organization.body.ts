import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateIf } from 'class-validator';
import {
  canonicalLocale,
  EmptyClears,
  IsCountryCode,
  IsEmailAddress,
  IsHttpUrl,
  IsLabel,
  IsLocaleTag,
  IsTimezone,
} from '../../validation-rules/index.js';

/** Fields that are left out stay as they are; `null` or an empty text removes an optional one. */
export class UpdateOrganizationBody {
  @ApiPropertyOptional({ type: String, maxLength: 200, example: 'Example Shop Ltd' })
  @ValidateIf((_body, value) => value !== undefined)
  @IsLabel(200)
  name?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Where buyers and the platform write to.',
    example: 'support@shop.example',
  })
  @EmptyClears()
  @IsOptional()
  @IsEmailAddress()
  supportEmail?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'https://shop.example' })
  @EmptyClears()
  @IsOptional()
  @IsHttpUrl()
  website?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'ISO 3166-1 alpha-2.', example: 'DE' })
  @EmptyClears()
  @IsOptional()
  @IsCountryCode()
  country?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'IANA name.', example: 'Europe/Berlin' })
  @EmptyClears()
  @IsOptional()
  @IsTimezone()
  timezone?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'BCP 47 tag.', example: 'de-DE' })
  @Transform(({ value }) => canonicalLocale(value))
  @EmptyClears()
  @IsOptional()
  @IsLocaleTag()
  defaultLocale?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'https://shop.example/logo.svg' })
  @EmptyClears()
  @IsOptional()
  @IsHttpUrl()
  logoUrl?: string | null;
}
