import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CustomerRiskModule } from '../customer-risk/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { ApplyDispute } from './apply-dispute.js';
import { CHARGEBACK_MODEL, chargebackSchema } from './chargeback.schema.js';
import { ChargebacksMessages } from './chargebacks.messages.js';
import { ChargebacksRepository } from './chargebacks.repository.js';
import { GetChargeback } from './get-chargeback.js';
import { ListChargebacks } from './list-chargebacks.js';
import { UpdateChargeback } from './update-chargeback.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: CHARGEBACK_MODEL, schema: chargebackSchema }]), CustomerRiskModule, TransactionsModule],
  controllers: [ChargebacksMessages],
  providers: [ChargebacksRepository, ApplyDispute, UpdateChargeback, GetChargeback, ListChargebacks],
  exports: [ApplyDispute],
})
export class ChargebacksModule {}
