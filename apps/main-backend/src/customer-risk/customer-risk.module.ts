import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { BuyerStanding } from './buyer-standing.js';
import { CustomerRiskMessages } from './customer-risk.messages.js';
import { CustomerRiskRepository } from './customer-risk.repository.js';
import { HOLD_MODEL, holdSchema, OPEN_DISPUTE_MODEL, openDisputeSchema } from './customer-risk.schema.js';
import { FollowDispute } from './follow-dispute.js';
import { ManageHolds } from './manage-holds.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: HOLD_MODEL, schema: holdSchema },
      { name: OPEN_DISPUTE_MODEL, schema: openDisputeSchema },
    ]),
  ],
  controllers: [CustomerRiskMessages],
  providers: [CustomerRiskRepository, BuyerStanding, FollowDispute, ManageHolds],
  exports: [BuyerStanding, FollowDispute],
})
export class CustomerRiskModule {}
