import { Module } from '@nestjs/common';
import { CheckoutsModule } from '../checkouts/index.js';
import { ConfigurationModule } from '../configuration/index.js';
import { RoutingModule } from '../routing/index.js';
import { TransactionTaxesModule } from '../transaction-taxes/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { VatIdsModule } from '../vat-ids/index.js';
import { BuyerCheckoutsController } from './buyer-checkouts.controller.js';
import { BuyerOrigins } from './buyer-origins.js';
import { BuyerTransactions } from './buyer-transactions.js';
import { BuyerTransactionsController } from './buyer-transactions.controller.js';
import { BuyerVatController } from './buyer-vat.controller.js';
import { FindPayableCheckout } from './find-payable-checkout.js';
import { GetCheckoutSession } from './get-checkout-session.js';
import { PreviewCheckoutTax } from './preview-checkout-tax.js';
import { ValidateBuyerVatId } from './validate-buyer-vat-id.js';

@Module({
  imports: [CheckoutsModule, ConfigurationModule, RoutingModule, TransactionTaxesModule, TransactionsModule, VatIdsModule],
  controllers: [BuyerCheckoutsController, BuyerTransactionsController, BuyerVatController],
  providers: [BuyerOrigins, FindPayableCheckout, GetCheckoutSession, PreviewCheckoutTax, BuyerTransactions, ValidateBuyerVatId],
})
export class RuntimeModule {}
