import { Module } from '@nestjs/common';
import { ConfigurationModule } from '../configuration/index.js';
import { GetProviderHealth } from './get-provider-health.js';
import { PaymentRouter } from './payment-router.js';
import { PreviewRouting } from './preview-routing.js';
import { RoutingMessages } from './routing.messages.js';

@Module({
  imports: [ConfigurationModule],
  controllers: [RoutingMessages],
  providers: [PaymentRouter, PreviewRouting, GetProviderHealth],
  exports: [PaymentRouter],
})
export class RoutingModule {}
