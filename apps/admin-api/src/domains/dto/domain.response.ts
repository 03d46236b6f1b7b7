import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DNS_PROBLEMS } from '../cname-check.js';
import type { DnsProblem } from '../cname-check.js';

const STATUSES = ['pending', 'verified'] as const;

const PROBLEM = {
  enum: DNS_PROBLEMS,
  description:
    '`not_found`: DNS does not know the name. `no_record`: it has neither CNAME nor address. `wrong_target`: it leads elsewhere, see `found`. ' +
    '`loop`, `chain_too_long`: its aliases never arrive. `timeout`, `lookup_failed`: DNS gave no answer; try again.',
} as const;

/** A host name of yours that leads to the payment pages. */
export class DomainResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) id!: string;
  @ApiProperty({ type: String, description: 'Lower case; international names in Punycode.', example: 'pay.shop.example' }) domain!: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' }) siteId?: string;
  @ApiProperty({ enum: STATUSES, description: 'Once verified it stays verified.', example: 'verified' }) status!: (typeof STATUSES)[number];
  @ApiProperty({ type: String, description: 'What the CNAME record of the domain must name.', example: 'secure.example' })
  expectedCname!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-01T10:05:00.000Z' }) verifiedAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-01T10:05:00.000Z' }) lastCheckedAt?: string;
  @ApiPropertyOptional(PROBLEM) lastCheckError?: DnsProblem;
  @ApiProperty({ type: Boolean, description: 'Whether the file of Apple Pay is stored.', example: true }) applePayAssociation!: boolean;
  @ApiProperty({ type: Boolean, example: true }) livemode!: boolean;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
}

export class DomainListResponse {
  @ApiProperty({ type: [DomainResponse] }) domains!: DomainResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all domains that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

/** What DNS says about a domain now. */
export class CnameCheckResponse {
  @ApiProperty({ type: String, example: 'pay.shop.example' }) domain!: string;
  @ApiProperty({ type: Boolean, example: true }) verified!: boolean;
  @ApiProperty({ type: String, description: 'What the CNAME record of the domain must name.', example: 'secure.example' })
  expected!: string;
  @ApiProperty({
    type: [String],
    description: 'The names the domain leads to, in order; its addresses when it has no CNAME record.',
    example: ['secure.example'],
  })
  found!: string[];
  @ApiPropertyOptional(PROBLEM) problem?: DnsProblem;
}

export const DOMAIN_EXAMPLE = {
  id: '507f1f77bcf86cd799439021',
  domain: 'pay.shop.example',
  siteId: '507f1f77bcf86cd799439012',
  status: 'verified',
  expectedCname: 'secure.example',
  verifiedAt: '2026-03-01T10:05:00.000Z',
  lastCheckedAt: '2026-03-01T10:05:00.000Z',
  applePayAssociation: false,
  livemode: true,
  createdAt: '2026-03-01T10:00:00.000Z',
} satisfies DomainResponse;

export const PENDING_DOMAIN_EXAMPLE = {
  id: DOMAIN_EXAMPLE.id,
  domain: DOMAIN_EXAMPLE.domain,
  siteId: DOMAIN_EXAMPLE.siteId,
  status: 'pending',
  expectedCname: DOMAIN_EXAMPLE.expectedCname,
  applePayAssociation: false,
  livemode: true,
  createdAt: DOMAIN_EXAMPLE.createdAt,
} satisfies DomainResponse;

export const CNAME_CHECK_EXAMPLE = {
  domain: 'pay.shop.example',
  verified: true,
  expected: 'secure.example',
  found: ['secure.example'],
} satisfies CnameCheckResponse;
