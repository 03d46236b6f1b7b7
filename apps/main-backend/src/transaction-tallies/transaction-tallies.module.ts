import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { FoldTallies } from './fold-tallies.js';
import { TalliesOfAllTenants } from './tallies-of-all-tenants.repository.js';
import { TALLY_MODEL, tallySchema } from './tally.schema.js';
import { TransactionTallies } from './transaction-tallies.repository.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: TALLY_MODEL, schema: tallySchema }])],
  providers: [TransactionTallies, TalliesOfAllTenants, FoldTallies],
  exports: [TransactionTallies, TalliesOfAllTenants],
})
export class TransactionTalliesModule {}
