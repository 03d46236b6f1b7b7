import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationModule } from '../configuration/index.js';
import { CustomerRiskModule } from '../customer-risk/index.js';
import { CheckoutAddresses } from './checkout-addresses.js';
import { CHECKOUT_MODEL, checkoutSchema } from './checkout.schema.js';
import { CheckoutsOfAllTenants } from './checkouts-of-all-tenants.repository.js';
import { CheckoutsMessages } from './checkouts.messages.js';
import { CheckoutsRepository } from './checkouts.repository.js';
import { CreateCheckout } from './create-checkout.js';
import { ExpireCheckouts } from './expire-checkouts.js';
import { GetCheckout } from './get-checkout.js';
import { ListCheckouts } from './list-checkouts.js';
import { UpdateCheckoutMetadata } from './update-checkout-metadata.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: CHECKOUT_MODEL, schema: checkoutSchema }]), ConfigurationModule, CustomerRiskModule],
  controllers: [CheckoutsMessages],
  providers: [
    CheckoutsRepository,
    CheckoutsOfAllTenants,
    CheckoutAddresses,
    CreateCheckout,
    GetCheckout,
    ListCheckouts,
    UpdateCheckoutMetadata,
    ExpireCheckouts,
  ],
  exports: [CheckoutsRepository, CheckoutAddresses],
})
export class CheckoutsModule {}
