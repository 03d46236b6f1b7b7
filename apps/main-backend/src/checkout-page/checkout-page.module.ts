import { Module } from '@nestjs/common';
import { CheckoutsModule } from '../checkouts/index.js';
import { ConfigurationModule } from '../configuration/index.js';
import { HtmlPagesModule } from '../html-pages/index.js';
import { RoutingModule } from '../routing/index.js';
import { TransactionTaxesModule } from '../transaction-taxes/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { CheckoutAssetsController } from './checkout-assets.controller.js';
import { CheckoutPageController } from './checkout-page.controller.js';
import { LeaveCheckout } from './leave-checkout.js';
import { LoadCheckout } from './load-checkout.js';
import { PageFrames } from './page-frames.js';
import { PayCheckout } from './pay-checkout.js';
import { ReturnToCheckout } from './return-to-checkout.js';

/** The hosted payment page at /checkout/{shortCode}. */
@Module({
  imports: [HtmlPagesModule, ConfigurationModule, CheckoutsModule, RoutingModule, TransactionTaxesModule, TransactionsModule],
  controllers: [CheckoutAssetsController, CheckoutPageController],
  providers: [LoadCheckout, PayCheckout, LeaveCheckout, ReturnToCheckout, PageFrames],
})
export class CheckoutPageModule {}
