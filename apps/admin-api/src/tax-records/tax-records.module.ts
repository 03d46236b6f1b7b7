import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { OrganizationsModule } from '../organizations/index.js';
import { KeepTaxSums } from './keep-tax-sums.js';
import { ReadTaxRecords } from './read-tax-records.js';
import { RebuildTaxSource } from './rebuild-tax-source.js';
import { RecordTaxMovement } from './record-tax-movement.js';
import { TaxEventsController } from './tax-events.controller.js';
import {
  TAX_RECORD_MODEL,
  TAX_ROLLUP_MODEL,
  TAX_SOURCE_MODEL,
  taxRecordSchema,
  taxRollupSchema,
  taxSourceSchema,
} from './tax-record.schema.js';
import { TaxRecordsController } from './tax-records.controller.js';
import { TaxRecordsRepository } from './tax-records.repository.js';
import { TaxSums } from './tax-sums.repository.js';

@Module({
  imports: [
    OrganizationsModule,
    MongooseModule.forFeature([
      { name: TAX_RECORD_MODEL, schema: taxRecordSchema },
      { name: TAX_SOURCE_MODEL, schema: taxSourceSchema },
      { name: TAX_ROLLUP_MODEL, schema: taxRollupSchema },
    ]),
  ],
  controllers: [TaxRecordsController, TaxEventsController],
  providers: [TaxRecordsRepository, TaxSums, RecordTaxMovement, RebuildTaxSource, ReadTaxRecords, KeepTaxSums],
  exports: [TaxRecordsRepository, TaxSums, RecordTaxMovement, RebuildTaxSource],
})
export class TaxRecordsModule {}
