import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { SitesModule } from '../sites/index.js';
import { TaxConfigurationModule } from '../tax-configuration/index.js';
import { TaxRatesModule } from '../tax-rates/index.js';
import { TaxRulesModule } from '../tax-rules/index.js';
import { AskVatId } from './ask-vat-id.js';
import { InvoicesController } from './invoices.controller.js';
import { PreviewInvoiceTax } from './preview-invoice-tax.js';
import { ReadTaxConfiguration } from './read-tax-configuration.js';

@Module({
  imports: [ClientsModule, SitesModule, TaxConfigurationModule, TaxRatesModule, TaxRulesModule],
  controllers: [InvoicesController],
  providers: [PreviewInvoiceTax, ReadTaxConfiguration, AskVatId],
})
export class InvoicesModule {}
