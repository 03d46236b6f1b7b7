import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { CreateRefund } from './create-refund.js';
import { GetRefund } from './get-refund.js';
import { ListRefunds } from './list-refunds.js';
import { RefundsController } from './refunds.controller.js';

@Module({ imports: [ChangesModule], controllers: [RefundsController], providers: [ListRefunds, GetRefund, CreateRefund] })
export class RefundsModule {}
