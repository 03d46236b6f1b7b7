import { Module } from '@nestjs/common';
import { GetDelivery } from './get-delivery.js';
import { IpnDeliveriesController } from './ipn-deliveries.controller.js';
import { ListDeliveries } from './list-deliveries.js';

@Module({ controllers: [IpnDeliveriesController], providers: [ListDeliveries, GetDelivery] })
export class IpnDeliveriesModule {}
