import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_FAMILIES, DELIVERY_STATES } from '@paygate/messages';
import type { DeliveryFamily, DeliveryState } from '@paygate/messages';

/** One notification on its way to a merchant. */
export class DeliveryResponse {
  @ApiProperty({ type: String, description: 'The same on every attempt.', example: 'dlv_01jd2y8m3k' }) deliveryId!: string;
  @ApiProperty({ enum: DELIVERY_FAMILIES, example: 'site_ipn' }) family!: DeliveryFamily;
  @ApiPropertyOptional({ type: String, description: 'Absent for what is older than endpoints.', example: 'we_01jd2y8m3k' })
  endpointId?: string;
  @ApiPropertyOptional({ type: String, description: 'What it tells of; a site IPN has only a status.' }) event?: string;
  @ApiPropertyOptional({ type: String, description: 'Absent for a test.', example: '507f1f77bcf86cd799439021' }) transactionId?: string;
  @ApiPropertyOptional({ type: String }) refundId?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439011' }) checkoutId?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' }) siteId?: string;
  @ApiPropertyOptional({ type: String, example: 'order_12345' }) externalReference?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'The status it announces, −2 to 4.', example: 1 }) status?: number;
  @ApiPropertyOptional({ type: 'integer', example: 2 }) eventVersion?: number;
  @ApiProperty({ type: String, example: 'https://shop.example/webhooks/payment-ipn' }) url!: string;
  @ApiProperty({ enum: DELIVERY_STATES, example: 'delivered' }) state!: DeliveryState;
  @ApiProperty({ type: 'integer', example: 1 }) attemptCount!: number;
  @ApiPropertyOptional({ type: 'integer', example: 200 }) lastStatusCode?: number;
  @ApiPropertyOptional({ type: String }) lastError?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) nextAttemptAt?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2026-03-01T10:01:01.000Z' }) deliveredAt?: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:01:00.000Z' }) createdAt!: string;
}

export class DeliveryAttemptResponse {
  @ApiProperty({ type: 'integer', example: 1 }) number!: number;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:01:00.500Z' }) startedAt!: string;
  @ApiProperty({ type: 'integer', example: 84 }) durationMs!: number;
  @ApiPropertyOptional({ type: 'integer', example: 200 }) statusCode?: number;
  @ApiPropertyOptional({ type: String }) error?: string;
  @ApiPropertyOptional({ type: String, description: 'The first 20 kB of the receiver’s answer.', example: 'OK' }) responseBody?: string;
}

export class DeliveryDetailResponse extends DeliveryResponse {
  @ApiProperty({ type: String, description: 'The exact bytes sent on every attempt.' }) body!: string;
  @ApiProperty({ type: [DeliveryAttemptResponse] }) attempts!: DeliveryAttemptResponse[];
}

export class DeliveryListResponse {
  @ApiProperty({ type: [DeliveryResponse] }) deliveries!: DeliveryResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all deliveries that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const DELIVERY_EXAMPLE = {
  deliveryId: 'dlv_01jd2y8m3k',
  family: 'site_ipn',
  endpointId: 'we_01jd2y8m3k',
  transactionId: '507f1f77bcf86cd799439021',
  checkoutId: '507f1f77bcf86cd799439011',
  siteId: '507f1f77bcf86cd799439012',
  externalReference: 'order_12345',
  status: 1,
  eventVersion: 2,
  url: 'https://shop.example/webhooks/payment-ipn',
  state: 'delivered',
  attemptCount: 1,
  lastStatusCode: 200,
  deliveredAt: '2026-03-01T10:01:01.000Z',
  createdAt: '2026-03-01T10:01:00.000Z',
} satisfies DeliveryResponse;

export const DELIVERY_DETAIL_EXAMPLE: DeliveryDetailResponse = {
  ...DELIVERY_EXAMPLE,
  body: '{"id":"507f1f77bcf86cd799439021","externalReference":"order_12345","status":1}',
  attempts: [{ number: 1, startedAt: '2026-03-01T10:01:00.500Z', durationMs: 84, statusCode: 200, responseBody: 'OK' }],
};
