import { Module } from '@nestjs/common';
import { CheckoutsModule } from '../checkouts/index.js';
import { ConfigurationModule } from '../configuration/index.js';
import { RoutingModule } from '../routing/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { BuyerCheckoutsController } from './buyer-checkouts.controller.js';
import { BuyerOrigins } from './buyer-origins.js';
import { BuyerTransactions } from './buyer-transactions.js';
import { BuyerTransactionsController } from './buyer-transactions.controller.js';
import { GetCheckoutSession } from './get-checkout-session.js';
import { PreviewCheckoutTax } from './preview-checkout-tax.js';

@Module({
  imports: [CheckoutsModule, ConfigurationModule, RoutingModule, TransactionsModule],
  controllers: [BuyerCheckoutsController, BuyerTransactionsController],
  providers: [BuyerOrigins, GetCheckoutSession, PreviewCheckoutTax, BuyerTransactions],
})
export class RuntimeModule {}
