import { Module } from '@nestjs/common';
import { ChargebacksController } from './chargebacks.controller.js';
import { ListChargebacks } from './list-chargebacks.js';

@Module({ controllers: [ChargebacksController], providers: [ListChargebacks] })
export class ChargebacksModule {}
