import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { ExchangeRatesModule } from '../exchange-rates/index.js';
import { TaxConfigurationModule } from '../tax-configuration/index.js';
import { TaxRatesModule } from '../tax-rates/index.js';
import { TaxRecordsModule } from '../tax-records/index.js';
import { TaxRulesModule } from '../tax-rules/index.js';
import { GetTaxSettings } from './get-tax-settings.js';
import { ReadOssThreshold } from './oss-threshold/read-oss-threshold.js';
import { WatchOssThreshold } from './oss-threshold/watch-oss-threshold.js';
import { TaxSettingsController } from './tax-settings.controller.js';
import { TaxSnapshots } from './tax-snapshots.js';
import { UpdateTaxSettings } from './update-tax-settings.js';

@Module({
  imports: [
    ChangesModule,
    ConfigurationSnapshotsModule,
    TaxConfigurationModule,
    TaxRatesModule,
    TaxRulesModule,
    TaxRecordsModule,
    ExchangeRatesModule,
  ],
  controllers: [TaxSettingsController],
  providers: [GetTaxSettings, UpdateTaxSettings, TaxSnapshots, ReadOssThreshold, WatchOssThreshold],
})
export class TaxSettingsModule {}
