import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationModule } from '../configuration/index.js';
import { TransactionsModule } from '../transactions/index.js';
import { ApplyRefundResult } from './apply-refund-result.js';
import { CreateRefund } from './create-refund.js';
import { GetRefund } from './get-refund.js';
import { ListRefunds } from './list-refunds.js';
import { ReconcileRefunds } from './reconcile-refunds.js';
import { REFUND_MODEL, refundSchema } from './refund.schema.js';
import { RefundsMessages } from './refunds.messages.js';
import { RefundsOfAllTenants } from './refunds-of-all-tenants.repository.js';
import { RefundsRepository } from './refunds.repository.js';
import { SubmitRefund } from './submit-refund.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: REFUND_MODEL, schema: refundSchema }]), ConfigurationModule, TransactionsModule],
  controllers: [RefundsMessages],
  providers: [
    RefundsRepository,
    RefundsOfAllTenants,
    ApplyRefundResult,
    SubmitRefund,
    CreateRefund,
    ReconcileRefunds,
    GetRefund,
    ListRefunds,
  ],
  exports: [ApplyRefundResult],
})
export class RefundsModule {}
