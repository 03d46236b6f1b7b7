import { ApiProperty } from '@nestjs/swagger';

export class WebhookSecretResponse {
  @ApiProperty({
    type: String,
    description: 'Signs notifications from now on. Shown only here.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  webhookSecret!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Until then the previous secret signs, too, where the form of the notification has room for several signatures.',
    example: '2026-03-02T10:00:00.000Z',
  })
  previousValidUntil!: string;
}

export const WEBHOOK_SECRET_EXAMPLE = {
  webhookSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  previousValidUntil: '2026-03-02T10:00:00.000Z',
} satisfies WebhookSecretResponse;
