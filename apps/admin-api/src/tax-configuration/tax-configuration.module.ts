import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TAX_CONFIGURATION_MODEL, taxConfigurationSchema } from './tax-configuration.schema.js';
import { TaxConfigurationsRepository } from './tax-configurations.repository.js';
import { TaxRevisions } from './tax-revisions.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: TAX_CONFIGURATION_MODEL, schema: taxConfigurationSchema }])],
  providers: [TaxConfigurationsRepository, TaxRevisions],
  exports: [TaxConfigurationsRepository, TaxRevisions],
})
export class TaxConfigurationModule {}
