import { Module } from '@nestjs/common';
import { ExchangeRatesModule } from '../exchange-rates/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { TaxConfigurationModule } from '../tax-configuration/index.js';
import { TaxRecordsModule } from '../tax-records/index.js';
import { CountryReportsController } from './country-reports.controller.js';
import { ReadCountryReports } from './read-country-reports.js';
import { ReadVatOss } from './read-vat-oss.js';
import { VatOssController } from './vat-oss.controller.js';

@Module({
  imports: [OrganizationsModule, TaxRecordsModule, ExchangeRatesModule, TaxConfigurationModule],
  controllers: [CountryReportsController, VatOssController],
  providers: [ReadCountryReports, ReadVatOss],
})
export class TaxReportsModule {}
