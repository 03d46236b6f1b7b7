import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_FAMILIES, DISABLED_REASONS, ENDPOINT_CONDITIONS, ENDPOINT_SLOTS, ENDPOINT_STATES } from '@paygate/messages';
import type {
  DeliveryFamily,
  DisabledReason,
  EndpointCondition,
  EndpointHealthView,
  EndpointSlot,
  EndpointState,
  EndpointStatistics,
} from '@paygate/messages';

export class EndpointHeaderResponse {
  @ApiProperty({ type: String, example: 'X-Shop-Id' }) name!: string;
}

export class EndpointHealthResponse implements EndpointHealthView {
  @ApiProperty({
    enum: ENDPOINT_CONDITIONS,
    description:
      '`paused`: it failed so often that nothing is sent before `pausedUntil`; then one notification tries whether it works again.',
    example: 'ok',
  })
  condition!: EndpointCondition;
  @ApiProperty({ type: 'integer', example: 0 }) consecutiveFailures!: number;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'The first failure since the last success.' })
  failingSince?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) pausedUntil?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-01T10:01:01.000Z' }) lastSuccessAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) lastFailureAt?: string;
}

/** An address that notifications go to. */
export class EndpointResponse {
  @ApiProperty({ type: String, example: 'we_01jd2y8m3k' }) id!: string;
  @ApiProperty({ type: Boolean, example: true }) livemode!: boolean;
  @ApiProperty({ enum: DELIVERY_FAMILIES, example: 'merchant_webhook' }) family!: DeliveryFamily;
  @ApiPropertyOptional({
    enum: ENDPOINT_SLOTS,
    description: 'Which settings it belongs to, where an organization has only one such endpoint.',
  })
  slot?: EndpointSlot;
  @ApiPropertyOptional({
    type: String,
    description: 'Of an endpoint that the notifications of a site have made. Nothing about it can be changed here; it can be disabled.',
  })
  siteId?: string;
  @ApiProperty({ type: String, example: 'https://shop.example/webhooks' }) url!: string;
  @ApiPropertyOptional({ type: String, example: 'Order system' }) description?: string;
  @ApiProperty({ type: [String], example: ['*'] }) events!: string[];
  @ApiProperty({ type: [EndpointHeaderResponse], description: 'Headers of your own; their values are never shown.' })
  headers!: EndpointHeaderResponse[];
  @ApiPropertyOptional({ type: String, description: 'Of the Basic credentials.', example: 'paygate' }) username?: string;
  @ApiPropertyOptional({ type: String, example: 'merchant_1760000000' }) merchantId?: string;
  @ApiProperty({ enum: ENDPOINT_STATES, example: 'enabled' }) state!: EndpointState;
  @ApiPropertyOptional({
    enum: DISABLED_REASONS,
    description: '`failing`: nothing but failures for five days. `gone`: it answered 410 again and again.',
  })
  disabledReason?: DisabledReason;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) disabledAt?: string;
  @ApiPropertyOptional({ type: String, description: 'The end of the current secret.', example: 'GxlQ' }) secretPreview?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'While a replaced secret still signs.' })
  previousSecretValidUntil?: string;
  @ApiProperty({ type: EndpointHealthResponse }) health!: EndpointHealthResponse;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class EndpointWithSecretResponse extends EndpointResponse {
  @ApiProperty({ type: String, description: 'Signs the notifications. Shown here only.', example: 'whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl' })
  secret!: string;
}

export class EndpointListResponse {
  @ApiProperty({ type: [EndpointResponse] }) webhookEndpoints!: EndpointResponse[];
  @ApiProperty({ type: 'integer', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export class DeliveryCountsResponse {
  @ApiProperty({ type: 'integer', example: 2 }) scheduled!: number;
  @ApiProperty({ type: 'integer', example: 0 }) sending!: number;
  @ApiProperty({ type: 'integer', example: 97 }) delivered!: number;
  @ApiProperty({ type: 'integer', example: 3 }) dead!: number;
  @ApiProperty({ type: 'integer', example: 1 }) superseded!: number;
}

export class EndpointStatisticsResponse implements Omit<EndpointStatistics, 'endpointId'> {
  @ApiProperty({ type: String, example: 'we_01jd2y8m3k' }) id!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T00:00:00.000Z' }) from!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-07T23:59:59.999Z' }) to!: string;
  @ApiProperty({ type: DeliveryCountsResponse, description: 'Notifications that came into being in the period, by their state now.' })
  deliveries!: DeliveryCountsResponse;
  @ApiProperty({ type: 'integer', description: 'Made in the period.', example: 112 }) attempts!: number;
  @ApiProperty({ type: 'integer', example: 15 }) failedAttempts!: number;
  @ApiPropertyOptional({ type: Number, description: 'Delivered of all that is decided, 0 to 1; absent when nothing is.', example: 0.97 })
  successRatio?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Half of the attempts took no longer, in milliseconds.', example: 84 })
  p50DurationMs?: number;
  @ApiPropertyOptional({ type: 'integer', example: 310 }) p95DurationMs?: number;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Since when the longest waiting notification has been due.' })
  oldestDueAt?: string;
}

export const ENDPOINT_EXAMPLE = {
  id: 'we_01jd2y8m3k',
  livemode: true,
  family: 'merchant_webhook',
  url: 'https://shop.example/webhooks',
  description: 'Order system',
  events: ['transaction.status_changed', 'refund.status_changed'],
  headers: [{ name: 'X-Shop-Id' }],
  state: 'enabled',
  secretPreview: 'GxlQ',
  health: { condition: 'ok', consecutiveFailures: 0, lastSuccessAt: '2026-03-01T10:01:01.000Z' },
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies EndpointResponse;

export const ENDPOINT_WITH_SECRET_EXAMPLE = {
  ...ENDPOINT_EXAMPLE,
  secret: 'whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl',
} satisfies EndpointWithSecretResponse;

export const ENDPOINT_STATISTICS_EXAMPLE: EndpointStatisticsResponse = {
  id: 'we_01jd2y8m3k',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-07T23:59:59.999Z',
  deliveries: { scheduled: 2, sending: 0, delivered: 97, dead: 3, superseded: 1 },
  attempts: 112,
  failedAttempts: 15,
  successRatio: 0.97,
  p50DurationMs: 84,
  p95DurationMs: 310,
};
