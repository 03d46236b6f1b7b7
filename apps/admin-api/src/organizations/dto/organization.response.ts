import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { ORGANIZATION_STATUSES } from '../organization.schema.js';
import type { OrganizationStatus } from '../organization.schema.js';

/** Fields that are absent were not given. */
export class OrganizationResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439041' }) id!: string;
  @ApiProperty({ type: String, example: 'Example Shop Ltd' }) name!: string;
  @ApiProperty({ type: String, description: 'Unique on the platform; it never changes.', example: 'example-shop' }) slug!: string;
  @ApiProperty({ enum: ORGANIZATION_STATUSES, example: 'active' }) status!: OrganizationStatus;
  @ApiPropertyOptional({ type: String, example: 'support@shop.example' }) supportEmail?: string;
  @ApiPropertyOptional({ type: String, example: 'https://shop.example' }) website?: string;
  @ApiPropertyOptional({ type: String, description: 'ISO 3166-1 alpha-2.', example: 'DE' }) country?: string;
  @ApiPropertyOptional({ type: String, example: 'Europe/Berlin' }) timezone?: string;
  @ApiPropertyOptional({ type: String, example: 'de-DE' }) defaultLocale?: string;
  @ApiPropertyOptional({ type: String, example: 'https://shop.example/logo.svg' }) logoUrl?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-31T09:30:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-02-01T10:00:00.000Z' }) updatedAt!: string;
}

/** An organization the caller may act for. */
export class OrganizationEntryResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439041' }) id!: string;
  @ApiProperty({ type: String, example: 'Example Shop Ltd' }) name!: string;
  @ApiProperty({ type: String, example: 'example-shop' }) slug!: string;
  @ApiProperty({ enum: ORGANIZATION_STATUSES, example: 'active' }) status!: OrganizationStatus;
  @ApiPropertyOptional({ enum: ROLES, description: 'Of a signed-in person; keys have none.', example: 'admin' }) role?: Role;
}

export class OrganizationListResponse {
  @ApiProperty({ type: [OrganizationEntryResponse] }) organizations!: OrganizationEntryResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const ORGANIZATION_EXAMPLE = {
  id: '507f1f77bcf86cd799439041',
  name: 'Example Shop Ltd',
  slug: 'example-shop',
  status: 'active',
  supportEmail: 'support@shop.example',
  website: 'https://shop.example',
  country: 'DE',
  timezone: 'Europe/Berlin',
  defaultLocale: 'de-DE',
  logoUrl: 'https://shop.example/logo.svg',
  createdAt: '2026-01-31T09:30:00.000Z',
  updatedAt: '2026-02-01T10:00:00.000Z',
};

export const ORGANIZATION_ENTRY_EXAMPLE = {
  id: '507f1f77bcf86cd799439041',
  name: 'Example Shop Ltd',
  slug: 'example-shop',
  status: 'active',
  role: 'admin',
};
