import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ReceivedResponse {
  @ApiProperty({ type: Boolean, example: true }) received!: boolean;
  @ApiProperty({ type: String, description: 'Its id in the inbox.', example: '69a1b2c3d4e5f60718293a4b' }) id!: string;
}

export class InboxHeaderResponse {
  @ApiProperty({ type: String, example: 'X-Webhook-Event' }) name!: string;
  @ApiProperty({ type: String, example: 'webhook.test' }) value!: string;
}

/** A request to the test receiver. */
export class InboxRequestResponse {
  @ApiProperty({ type: String, example: '69a1b2c3d4e5f60718293a4b' }) id!: string;
  @ApiProperty({ type: String, description: 'With the query.', example: '/api/v1/webhooks/my-shop/' }) path!: string;
  @ApiProperty({ type: String, description: 'Where it came from.', example: '203.0.113.7' }) address!: string;
  @ApiPropertyOptional({ type: String, example: 'application/json' }) contentType?: string;
  @ApiProperty({ type: [InboxHeaderResponse], description: 'As sent; the values of credentials are not kept.' })
  headers!: InboxHeaderResponse[];
  @ApiProperty({ type: String, example: '{"event":"webhook.test"}' }) body!: string;
  @ApiProperty({ enum: ['utf8', 'base64'], description: '`base64` for what is no text in UTF-8.', example: 'utf8' })
  bodyEncoding!: 'utf8' | 'base64';
  @ApiProperty({ type: 'integer', description: 'Of the body.', example: 24 }) bytes!: number;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:01:00.000Z' }) receivedAt!: string;
}

export class InboxResponse {
  @ApiProperty({ type: [InboxRequestResponse] }) requests!: InboxRequestResponse[];
  @ApiProperty({ type: 'integer', description: 'At most 100.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const INBOX_REQUEST_EXAMPLE = {
  id: '69a1b2c3d4e5f60718293a4b',
  path: '/api/v1/webhooks/my-shop/',
  address: '203.0.113.7',
  contentType: 'application/json',
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'X-Webhook-Event', value: 'webhook.test' },
  ],
  body: '{"event":"webhook.test"}',
  bodyEncoding: 'utf8',
  bytes: 24,
  receivedAt: '2026-03-01T10:01:00.000Z',
} satisfies InboxRequestResponse;
