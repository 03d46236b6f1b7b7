import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { OnRefusal, PaymentMethod, RoutingRule } from '@paygate/payments-domain';
import type { IpnVersion } from '../site.js';
import { FIELDS } from './site-fields.js';

export class BrandingResponse {
  @ApiPropertyOptional(FIELDS.logoUrl) logoUrl?: string;
  @ApiPropertyOptional(FIELDS.primaryColor) primaryColor?: string;
  @ApiPropertyOptional(FIELDS.accentColor) accentColor?: string;
}

export class SiteInvoicingResponse {
  @ApiPropertyOptional(FIELDS.invoicePrefix) invoicePrefix?: string;
  @ApiPropertyOptional(FIELDS.creditNotePrefix) creditNotePrefix?: string;
}

export class RoutingRuleResponse implements RoutingRule {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439013' }) providerId!: string;
  @ApiPropertyOptional({ type: [String], example: ['EUR'] }) currencies?: string[];
  @ApiPropertyOptional({ type: 'integer', example: 100 }) minAmount?: number;
  @ApiPropertyOptional({ type: 'integer', example: 100_000 }) maxAmount?: number;
  @ApiPropertyOptional({ type: [String], example: ['DE', 'AT'] }) countries?: string[];
  @ApiPropertyOptional({ type: [String], enum: PAYMENT_METHODS, example: ['card'] }) methods?: PaymentMethod[];
  @ApiPropertyOptional({ enum: ['stop', 'next'], example: 'next' }) onRefusal?: OnRefusal;
}

export class SiteResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) id!: string;
  @ApiProperty(FIELDS.name) name!: string;
  @ApiProperty(FIELDS.active) active!: boolean;
  @ApiProperty(FIELDS.testOnly) testOnly!: boolean;
  @ApiProperty(FIELDS.providerIds) providerIds!: string[];
  @ApiPropertyOptional(FIELDS.defaultProviderId) defaultProviderId?: string;
  @ApiProperty({ ...FIELDS.routing, type: [RoutingRuleResponse] }) routing!: readonly RoutingRule[];
  @ApiProperty({ type: BrandingResponse }) branding!: BrandingResponse;
  @ApiProperty(FIELDS.ipnVersion) ipnVersion!: IpnVersion;
  @ApiProperty(FIELDS.supersedeOpenCheckouts) supersedeOpenCheckouts!: boolean;
  @ApiProperty(FIELDS.allowedOrigins) allowedOrigins!: string[];
  @ApiPropertyOptional(FIELDS.supportEmail) supportEmail?: string;
  @ApiProperty({ type: SiteInvoicingResponse }) invoicing!: SiteInvoicingResponse;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class CreatedSiteResponse extends SiteResponse {
  @ApiProperty({
    type: String,
    description: 'Signs the notifications of the site. Shown only here.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  webhookSecret!: string;
}

export class SiteListResponse {
  @ApiProperty({ type: [SiteResponse] }) sites!: SiteResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all sites.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const SITE_EXAMPLE = {
  id: '507f1f77bcf86cd799439012',
  name: 'Example Shop',
  active: true,
  testOnly: false,
  providerIds: ['507f1f77bcf86cd799439013'],
  defaultProviderId: '507f1f77bcf86cd799439013',
  routing: [
    { providerId: '507f1f77bcf86cd799439013', currencies: ['EUR'], maxAmount: 100_000, countries: ['DE', 'AT'], onRefusal: 'next' },
  ],
  branding: { logoUrl: 'https://shop.example/logo.svg', primaryColor: '#1f4fd8' },
  ipnVersion: 2,
  supersedeOpenCheckouts: true,
  allowedOrigins: ['https://shop.example'],
  supportEmail: 'support@shop.example',
  invoicing: { invoicePrefix: 'SHOP-' },
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies SiteResponse;
