import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { loadConfig } from '@paygate/nest-kit';
import { HtmlPagesModule } from '../html-pages/index.js';
import { ChangePayment } from './change-payment.js';
import { CreateSandboxPayment } from './create-sandbox-payment.js';
import { DisputePayment } from './dispute-payment.js';
import { RefundPayment } from './refund-payment.js';
import { SandboxAccountController } from './sandbox-account.controller.js';
import { SandboxApiController } from './sandbox-api.controller.js';
import { SandboxAssetsController } from './sandbox-assets.controller.js';
import { SandboxAssets } from './sandbox-assets.js';
import { SANDBOX_DISPUTE_MODEL, sandboxDisputeSchema } from './sandbox-dispute.schema.js';
import { SandboxDisputesRepository } from './sandbox-disputes.repository.js';
import { SandboxMoneyBackController } from './sandbox-money-back.controller.js';
import { SandboxPagesController } from './sandbox-pages.controller.js';
import { SANDBOX_PAYMENT_MODEL, sandboxPaymentSchema } from './sandbox-payment.schema.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SANDBOX_REFUND_MODEL, sandboxRefundSchema } from './sandbox-refund.schema.js';
import { SandboxRefundsRepository } from './sandbox-refunds.repository.js';
import { SANDBOX_WEBHOOK_MODEL, sandboxWebhookSchema } from './sandbox-webhook.schema.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import { SandboxWorker } from './sandbox-worker.js';
import { SandboxConfig } from './sandbox.config.js';
import { SettleDebits } from './settle-debits.js';
import { SimulateBuyer } from './simulate-buyer.js';

/**
 * A simulated payment provider. It lives in this process to spare everybody a further service, but is a stranger to the
 * rest of it: own collections, own API and pages under /sandbox, reached by our adapter over HTTP like any provider.
 */
@Module({})
export class SandboxProviderModule {
  /** @param config what tests set; otherwise the environment says */
  static forRoot(config?: SandboxConfig): DynamicModule {
    return {
      module: SandboxProviderModule,
      imports: [
        HtmlPagesModule,
        MongooseModule.forFeature([
          { name: SANDBOX_PAYMENT_MODEL, schema: sandboxPaymentSchema },
          { name: SANDBOX_REFUND_MODEL, schema: sandboxRefundSchema },
          { name: SANDBOX_DISPUTE_MODEL, schema: sandboxDisputeSchema },
          { name: SANDBOX_WEBHOOK_MODEL, schema: sandboxWebhookSchema },
        ]),
      ],
      controllers: [
        SandboxAccountController,
        SandboxApiController,
        SandboxMoneyBackController,
        SandboxAssetsController,
        SandboxPagesController,
      ],
      providers: [
        { provide: SandboxConfig, useFactory: () => config ?? loadConfig(SandboxConfig) },
        SandboxPaymentsRepository,
        SandboxRefundsRepository,
        SandboxDisputesRepository,
        SandboxWebhooks,
        SandboxWorker,
        SandboxAssets,
        CreateSandboxPayment,
        ChangePayment,
        RefundPayment,
        DisputePayment,
        SimulateBuyer,
        SettleDebits,
      ],
    };
  }
}
