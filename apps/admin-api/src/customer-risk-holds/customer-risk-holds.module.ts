import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { CreateHold } from './create-hold.js';
import { CustomerRiskHoldsController } from './customer-risk-holds.controller.js';
import { ReadHolds } from './read-holds.js';
import { ReleaseHold } from './release-hold.js';

@Module({ imports: [ChangesModule], controllers: [CustomerRiskHoldsController], providers: [CreateHold, ReadHolds, ReleaseHold] })
export class CustomerRiskHoldsModule {}
