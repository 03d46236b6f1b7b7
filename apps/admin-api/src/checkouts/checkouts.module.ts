import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/index.js';
import { CheckoutsController } from './checkouts.controller.js';
import { CreateCheckout } from './create-checkout.js';
import { GetCheckout } from './get-checkout.js';
import { ListCheckouts } from './list-checkouts.js';
import { UpdateCheckout } from './update-checkout.js';

@Module({
  imports: [SitesModule],
  controllers: [CheckoutsController],
  providers: [CreateCheckout, ListCheckouts, GetCheckout, UpdateCheckout],
})
export class CheckoutsModule {}
