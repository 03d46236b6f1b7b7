import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../../../access/index.js';
import { AdminRoute, MERCHANT_API } from '../../../openapi/index.js';
import { RotateEndpointSecret, TestEndpoint } from '../../../webhook-endpoints/index.js';
import { bareTransactionId, ResendTransactionBody, SetWebhookBody } from './dto/webhook.body.js';
import {
  DELIVERY_EXAMPLE,
  MerchantDeliveryResponse,
  MerchantWebhookResponse,
  MerchantWebhookSecretResponse,
  MerchantWebhookSetResponse,
  WEBHOOK_EXAMPLE,
  WEBHOOK_SECRET_EXAMPLE,
} from './dto/webhook.response.js';
import { FindWebhook } from './find-webhook.js';
import { presentMerchantDelivery, presentWebhook } from './present-webhook.js';
import { ResendTransaction } from './resend-transaction.js';
import { SetWebhook } from './set-webhook.js';

@ApiTags(MERCHANT_API)
@Controller('api/organization/webhook')
export class WebhookController {
  constructor(
    private readonly finding: FindWebhook,
    private readonly setting: SetWebhook,
    private readonly rotating: RotateEndpointSecret,
    private readonly testing: TestEndpoint,
    private readonly resending: ResendTransaction,
  ) {}

  @Get()
  @AdminRoute({ upstream: true, summary: 'Get the webhook', answer: MerchantWebhookResponse, example: WEBHOOK_EXAMPLE })
  async get(@CurrentScope() scope: TenantScope): Promise<MerchantWebhookResponse> {
    return presentWebhook(await this.finding.execute(scope));
  }

  @Put()
  @AdminRoute({
    upstream: true,
    summary: 'Set the webhook',
    description: 'The first time, the answer also has the signing secret. A webhook that was disabled becomes active again.',
    answer: MerchantWebhookSetResponse,
    example: WEBHOOK_EXAMPLE,
    errors: ['too_many_endpoints', 'conflict'],
  })
  async set(@CurrentScope() scope: TenantScope, @Body() body: SetWebhookBody): Promise<MerchantWebhookSetResponse> {
    const { endpoint, secret } = await this.setting.execute(scope, body.endpoint_url);
    const shown = presentWebhook(endpoint);
    return secret === undefined ? shown : Object.assign(shown, { raw_secret: secret });
  }

  @Post('rotate')
  @AdminRoute({
    upstream: true,
    summary: 'Replace the signing secret',
    description:
      'For 24 hours the old secret signs beside the new one in `webhook-signature`; `X-Webhook-Signature` is made with the new one at once.',
    answer: MerchantWebhookSecretResponse,
    example: WEBHOOK_SECRET_EXAMPLE,
    errors: ['endpoint_not_found', 'conflict'],
  })
  async rotate(@CurrentScope() scope: TenantScope): Promise<MerchantWebhookSecretResponse> {
    const { endpointId } = await this.finding.require(scope);
    const rotated = await this.rotating.execute(scope, endpointId, {});
    return Object.assign(presentWebhook(rotated), { raw_secret: rotated.secret });
  }

  @Post('test')
  @AdminRoute({
    upstream: true,
    summary: 'Send a webhook.test event',
    description: 'One attempt, without repetition.',
    answer: MerchantDeliveryResponse,
    example: DELIVERY_EXAMPLE,
    errors: ['endpoint_not_found', 'endpoint_disabled'],
  })
  async test(@CurrentScope() scope: TenantScope): Promise<MerchantDeliveryResponse> {
    const { endpointId } = await this.finding.require(scope);
    return presentMerchantDelivery(await this.testing.execute(scope, endpointId));
  }

  @Post('test-transaction')
  @AdminRoute({
    upstream: true,
    summary: 'Send transaction.status_changed of a real payment',
    answer: MerchantDeliveryResponse,
    example: { ...DELIVERY_EXAMPLE, event: 'transaction.status_changed', transaction_id: '507f1f77bcf86cd799439021' },
    errors: ['endpoint_not_found', 'endpoint_disabled', 'transaction_not_found', 'notification_not_available'],
  })
  async testTransaction(@CurrentScope() scope: TenantScope, @Body() body: ResendTransactionBody): Promise<MerchantDeliveryResponse> {
    const transactionId = body.transaction_id === undefined ? undefined : bareTransactionId(body.transaction_id);
    return presentMerchantDelivery(await this.resending.execute(scope, transactionId));
  }
}
