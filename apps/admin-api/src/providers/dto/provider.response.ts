import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ProviderHealthView } from '@paygate/messages';
import { FIELDS } from './provider-fields.js';

export class ProviderResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439013' }) id!: string;
  @ApiProperty({ type: String, example: 'stripe' }) type!: string;
  @ApiProperty(FIELDS.label) label!: string;
  @ApiPropertyOptional(FIELDS.description) description?: string;
  @ApiProperty({ type: Boolean, description: 'False for accounts that serve test checkouts.', example: true }) livemode!: boolean;
  @ApiProperty({ type: Boolean, description: 'Whether buyers are offered it.', example: true }) enabled!: boolean;
  @ApiProperty({
    ...FIELDS.credentials,
    description: 'Of secrets only the last four characters are shown, of short ones nothing.',
    example: { secretKey: '••••mple', publishableKey: 'pk_live_51H8exampleexample' },
  })
  credentials!: Record<string, string>;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class ProviderHealthResponse implements ProviderHealthView {
  @ApiProperty({
    enum: ['ready', 'paused', 'trial', 'unknown'],
    description:
      '`ready`: it is used. `paused`: it keeps failing and is left out until `pausedUntil`. `trial`: the next payment finds out whether it works again.',
    example: 'ready',
  })
  standing!: ProviderHealthView['standing'];
  @ApiProperty({ type: 'integer', description: 'Payments brought to it in the last five minutes.', example: 120 }) recentCalls!: number;
  @ApiProperty({ type: 'integer', description: 'Those it did not answer. A declined card is none of them.', example: 2 })
  recentFailures!: number;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) pausedSince?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) pausedUntil?: string;
}

export class ProviderDetailResponse extends ProviderResponse {
  @ApiProperty({ type: ProviderHealthResponse }) health!: ProviderHealthResponse;
}

export class ProviderListResponse {
  @ApiProperty({ type: [ProviderResponse] }) providers!: ProviderResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all providers of the mode.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const PROVIDER_EXAMPLE = {
  id: '507f1f77bcf86cd799439013',
  type: 'stripe',
  label: 'Credit card',
  description: 'Visa, Mastercard, American Express',
  livemode: true,
  enabled: true,
  credentials: { secretKey: '••••mple', publishableKey: 'pk_live_51H8exampleexample' },
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies ProviderResponse;

export const PROVIDER_DETAIL_EXAMPLE = {
  ...PROVIDER_EXAMPLE,
  health: { standing: 'ready', recentCalls: 120, recentFailures: 2 },
} satisfies ProviderDetailResponse;
