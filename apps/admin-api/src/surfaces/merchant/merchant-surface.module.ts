import { Module } from '@nestjs/common';
import { MerchantWebhookModule } from './webhook/index.js';

/** The Merchant API: other addresses, names and bodies over the same use cases. */
@Module({ imports: [MerchantWebhookModule] })
export class MerchantSurfaceModule {}
