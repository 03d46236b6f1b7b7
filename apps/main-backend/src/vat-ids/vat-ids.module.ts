import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationModule } from '../configuration/index.js';
import { CheckVatId } from './check-vat-id.js';
import { RecheckVatIds } from './recheck-vat-ids.js';
import { VAT_ID_CHECK_MODEL, vatIdCheckSchema } from './vat-id-check.schema.js';
import { VatIdChecksRepository } from './vat-id-checks.repository.js';
import { VAT_ID_RECHECK_MODEL, vatIdRecheckSchema } from './vat-id-recheck.schema.js';
import { VatIdRechecksRepository } from './vat-id-rechecks.repository.js';
import { VatIdsMessages } from './vat-ids.messages.js';
import { ViesClient } from './vies-client.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: VAT_ID_CHECK_MODEL, schema: vatIdCheckSchema },
      { name: VAT_ID_RECHECK_MODEL, schema: vatIdRecheckSchema },
    ]),
    ConfigurationModule,
  ],
  controllers: [VatIdsMessages],
  providers: [ViesClient, VatIdChecksRepository, VatIdRechecksRepository, CheckVatId, RecheckVatIds],
  exports: [CheckVatId, RecheckVatIds, VatIdRechecksRepository],
})
export class VatIdsModule {}
