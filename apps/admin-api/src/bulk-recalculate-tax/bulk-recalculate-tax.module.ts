import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { TaxRecordsModule } from '../tax-records/index.js';
import { BulkRecalculateTaxController } from './bulk-recalculate-tax.controller.js';
import { ReadRebuilds } from './read-rebuilds.js';
import { RebuildTransaction } from './rebuild-transaction.js';
import { RebuildWorkStore } from './rebuild-work.store.js';
import { RunRebuilds } from './run-rebuilds.js';
import { StartRebuild } from './start-rebuild.js';
import { TAX_REBUILD_MODEL, taxRebuildSchema } from './tax-rebuild.schema.js';
import { TaxRebuildsRepository } from './tax-rebuilds.repository.js';

@Module({
  imports: [ChangesModule, TaxRecordsModule, MongooseModule.forFeature([{ name: TAX_REBUILD_MODEL, schema: taxRebuildSchema }])],
  controllers: [BulkRecalculateTaxController],
  providers: [TaxRebuildsRepository, RebuildWorkStore, RebuildTransaction, RunRebuilds, StartRebuild, ReadRebuilds],
})
export class BulkRecalculateTaxModule {}
