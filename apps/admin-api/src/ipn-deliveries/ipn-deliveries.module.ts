import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { GetDelivery } from './get-delivery.js';
import { IpnDeliveriesController } from './ipn-deliveries.controller.js';
import { ListDeliveries } from './list-deliveries.js';
import { ResendDelivery } from './resend-delivery.js';

@Module({
  imports: [ChangesModule],
  controllers: [IpnDeliveriesController],
  providers: [ListDeliveries, GetDelivery, ResendDelivery],
  exports: [ResendDelivery],
})
export class IpnDeliveriesModule {}
