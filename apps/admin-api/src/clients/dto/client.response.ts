import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AddressBody } from '../../postal-address/index.js';
import { TaxInfoBody } from './tax-info.body.js';

/** A client. Absent fields were not given. */
export class ClientResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439014' }) id!: string;
  @ApiProperty({ type: Boolean, description: 'False for clients of test keys.', example: true }) livemode!: boolean;
  @ApiProperty({ type: String, format: 'email', example: 'ada@example.com' }) email!: string;
  @ApiPropertyOptional({ type: String, example: 'Ada' }) firstName?: string;
  @ApiPropertyOptional({ type: String, example: 'Lovelace' }) lastName?: string;
  @ApiPropertyOptional({ type: String, example: 'Analytical Engines Ltd' }) company?: string;
  @ApiPropertyOptional({ type: String, example: '+49 30 1234567' }) phone?: string;
  @ApiPropertyOptional({ type: AddressBody }) billingAddress?: AddressBody;
  @ApiPropertyOptional({ type: AddressBody }) shippingAddress?: AddressBody;
  @ApiPropertyOptional({ type: String, example: 'de-DE' }) locale?: string;
  @ApiPropertyOptional({ type: String, example: 'EUR' }) currency?: string;
  @ApiPropertyOptional({ type: String, example: 'customer_4711' }) externalId?: string;
  @ApiPropertyOptional({ type: String, example: 'Pays by bank transfer.' }) notes?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { segment: 'b2b' } }) metadata!: Record<string, string>;
  @ApiPropertyOptional({ type: TaxInfoBody }) taxInfo?: TaxInfoBody;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class ClientListResponse {
  @ApiProperty({ type: [ClientResponse] }) clients!: ClientResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all clients that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export class ClientSearchResponse {
  @ApiProperty({ type: [ClientResponse], description: 'The best fit first, then the newest.' }) clients!: ClientResponse[];
  @ApiProperty({ type: Boolean, description: 'More clients fit than are shown: add a word.', example: false }) hasMore!: boolean;
  @ApiProperty({ type: 'integer', example: 20 }) limit!: number;
}

export const CLIENT_EXAMPLE = {
  id: '507f1f77bcf86cd799439014',
  livemode: true,
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: 'Analytical Engines Ltd',
  phone: '+49 30 1234567',
  billingAddress: { address1: 'Example Street 1', city: 'Berlin', postcode: '10115', country: 'DE' },
  locale: 'de-DE',
  currency: 'EUR',
  externalId: 'customer_4711',
  metadata: { segment: 'b2b' },
  taxInfo: {
    taxId: { plaintext: 'DE123456789' },
    taxIdType: 'vat',
    taxCountry: 'DE',
    peppolRoutingAddress: { schemeId: '9930', value: { plaintext: 'DE123456789' } },
  },
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies ClientResponse;
