import { Module } from '@nestjs/common';
import { WebhookEndpointsModule } from '../../../webhook-endpoints/index.js';
import { FindWebhook } from './find-webhook.js';
import { ResendTransaction } from './resend-transaction.js';
import { SetWebhook } from './set-webhook.js';
import { WebhookController } from './webhook.controller.js';

@Module({
  imports: [WebhookEndpointsModule],
  controllers: [WebhookController],
  providers: [FindWebhook, SetWebhook, ResendTransaction],
})
export class MerchantWebhookModule {}
