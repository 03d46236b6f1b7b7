import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_STATES, DISABLED_REASONS } from '@paygate/messages';
import type { DeliveryState, DisabledReason } from '@paygate/messages';

/** Where an organization is told of its payments. */
export class MerchantWebhookResponse {
  @ApiProperty({ type: String, nullable: true, description: '`null`: nowhere.', example: 'https://your-server.com/webhooks' })
  endpoint_url!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The end of the signing secret.', example: 'whsec_…GxlQ' })
  secret_preview!: string | null;
  @ApiProperty({ type: Boolean, description: 'Whether anything is sent there.', example: true }) is_active!: boolean;
  @ApiProperty({
    enum: DISABLED_REASONS,
    nullable: true,
    description:
      '`failing`: nothing but failures for five days. `gone`: it answered 410 again and again. Setting the address again makes it active.',
    example: null,
  })
  disabled_reason!: DisabledReason | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T10:01:01.000Z' }) last_success_at!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null }) last_failure_at!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T10:00:00.000Z' }) created_at!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T10:00:00.000Z' }) updated_at!: string | null;
}

export class MerchantWebhookSetResponse extends MerchantWebhookResponse {
  @ApiPropertyOptional({ type: String, description: 'The signing secret, when there was no webhook before. Shown only once.' })
  raw_secret?: string;
}

export class MerchantWebhookSecretResponse extends MerchantWebhookResponse {
  @ApiProperty({ type: String, description: 'The new signing secret. Shown only once.', example: 'whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl' })
  raw_secret!: string;
}

/** One notification on its way. */
export class MerchantDeliveryResponse {
  @ApiProperty({ type: String, example: 'dlv_01jd2y8m3k' }) delivery_id!: string;
  @ApiProperty({ type: String, nullable: true, example: 'webhook.test' }) event!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What it tells of.', example: null }) transaction_id!: string | null;
  @ApiProperty({ type: String, example: 'https://your-server.com/webhooks' }) endpoint_url!: string;
  @ApiProperty({ enum: DELIVERY_STATES, example: 'scheduled' }) state!: DeliveryState;
  @ApiProperty({ type: 'integer', example: 0 }) attempt_count!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'What the receiver answered last.', example: null }) status_code!:
    number | null;
  @ApiProperty({ type: String, nullable: true, example: null }) error!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null }) delivered_at!: string | null;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:01:00.000Z' }) created_at!: string;
}

export const WEBHOOK_EXAMPLE = {
  endpoint_url: 'https://your-server.com/webhooks',
  secret_preview: 'whsec_…GxlQ',
  is_active: true,
  disabled_reason: null,
  last_success_at: '2026-03-01T10:01:01.000Z',
  last_failure_at: null,
  created_at: '2026-03-01T10:00:00.000Z',
  updated_at: '2026-03-01T10:00:00.000Z',
} satisfies MerchantWebhookResponse;

export const WEBHOOK_SECRET_EXAMPLE = {
  ...WEBHOOK_EXAMPLE,
  raw_secret: 'whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl',
} satisfies MerchantWebhookSecretResponse;

export const DELIVERY_EXAMPLE = {
  delivery_id: 'dlv_01jd2y8m3k',
  event: 'webhook.test',
  transaction_id: null,
  endpoint_url: 'https://your-server.com/webhooks',
  state: 'scheduled',
  attempt_count: 0,
  status_code: null,
  error: null,
  delivered_at: null,
  created_at: '2026-03-01T10:01:00.000Z',
} satisfies MerchantDeliveryResponse;
