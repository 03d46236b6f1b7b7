import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { TaxConfigurationModule } from '../tax-configuration/index.js';
import { CreateTaxRate } from './create-tax-rate.js';
import { DeleteTaxRates } from './delete-tax-rates.js';
import { ReadTaxRates } from './read-tax-rates.js';
import { ReplaceTaxRate } from './replace-tax-rate.js';
import { SyncCatalogue } from './sync-catalogue.js';
import { TAX_RATE_MODEL, taxRateSchema } from './tax-rate.schema.js';
import { TaxRatesController } from './tax-rates.controller.js';
import { TaxRatesRepository } from './tax-rates.repository.js';

@Module({
  imports: [ChangesModule, TaxConfigurationModule, MongooseModule.forFeature([{ name: TAX_RATE_MODEL, schema: taxRateSchema }])],
  controllers: [TaxRatesController],
  providers: [TaxRatesRepository, CreateTaxRate, ReadTaxRates, ReplaceTaxRate, DeleteTaxRates, SyncCatalogue],
  exports: [TaxRatesRepository, SyncCatalogue],
})
export class TaxRatesModule {}
