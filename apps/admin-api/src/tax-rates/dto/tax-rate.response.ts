import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RateType } from '@paygate/tax';
import type { RateSource } from '../tax-rate.js';
import { FIELDS } from './tax-rate-fields.js';

export class TaxRateResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439061' }) id!: string;
  @ApiProperty(FIELDS.country) country!: string;
  @ApiPropertyOptional(FIELDS.region) region?: string;
  @ApiProperty(FIELDS.code) code!: string;
  @ApiProperty(FIELDS.type) type!: RateType;
  @ApiProperty(FIELDS.rate) rate!: number;
  @ApiProperty(FIELDS.validFrom) validFrom!: string;
  @ApiPropertyOptional(FIELDS.validTo) validTo?: string;
  @ApiProperty(FIELDS.source) source!: RateSource;
  @ApiPropertyOptional({ type: String, description: 'Of the catalogue a default rate came with.', example: '2026-11' })
  catalogueVersion?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
}

export class TaxRateListResponse {
  @ApiProperty({ type: [TaxRateResponse] }) taxRates!: TaxRateResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all rates that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export class ReplacedDefaultsResponse {
  @ApiProperty({ type: 'integer', description: 'Default rates that were missing.', example: 3 }) created!: number;
  @ApiProperty({ type: 'integer', description: 'Default rates the catalogue corrects or ends.', example: 1 }) updated!: number;
  @ApiProperty({ type: 'integer', description: 'Rates left as they were, your own among them.', example: 243 }) kept!: number;
  @ApiProperty({ type: 'integer', description: 'Default rates the catalogue has no more.', example: 0 }) removed!: number;
  @ApiProperty({ type: String, description: 'Of the catalogue.', example: '2026-11' }) version!: string;
}

export const TAX_RATE_EXAMPLE = {
  id: '507f1f77bcf86cd799439061',
  country: 'DE',
  code: 'DE_STANDARD',
  type: 'vat',
  rate: 19,
  validFrom: '2021-01-01',
  source: 'default',
  catalogueVersion: '2026-11',
  createdAt: '2026-03-01T10:00:00.000Z',
} satisfies TaxRateResponse;

/** What follows it. */
export const NEW_TAX_RATE_EXAMPLE = {
  id: '507f1f77bcf86cd799439062',
  country: 'DE',
  code: 'DE_STANDARD',
  type: 'vat',
  rate: 20,
  validFrom: '2027-01-01',
  source: 'custom',
  createdAt: '2026-11-01T10:00:00.000Z',
} satisfies TaxRateResponse;
