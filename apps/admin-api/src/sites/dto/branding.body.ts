import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { EmptyClears, IsColour, IsHttpsUrl } from '../../validation-rules/index.js';
import { FIELDS } from './site-fields.js';

/** How the checkout pages of a site look. */
export class BrandingBody {
  @ApiPropertyOptional({ ...FIELDS.logoUrl, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsHttpsUrl()
  logoUrl?: string | null;

  @ApiPropertyOptional({ ...FIELDS.primaryColor, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsColour()
  primaryColor?: string | null;

  @ApiPropertyOptional({ ...FIELDS.accentColor, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsColour()
  accentColor?: string | null;
}
