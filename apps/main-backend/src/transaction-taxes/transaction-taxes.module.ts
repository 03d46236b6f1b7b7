import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationModule } from '../configuration/index.js';
import { VatIdsModule } from '../vat-ids/index.js';
import { DecideTax } from './decide-tax.js';
import { RecordTax } from './record-tax.js';
import { ShowTax } from './show-tax.js';
import { TAX_MOVEMENT_MODEL, taxMovementSchema, TRANSACTION_TAX_MODEL, transactionTaxSchema } from './transaction-tax.schema.js';
import { TransactionTaxes } from './transaction-taxes.repository.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: TRANSACTION_TAX_MODEL, schema: transactionTaxSchema },
      { name: TAX_MOVEMENT_MODEL, schema: taxMovementSchema },
    ]),
    ConfigurationModule,
    VatIdsModule,
  ],
  providers: [TransactionTaxes, DecideTax, RecordTax, ShowTax],
  exports: [TransactionTaxes, DecideTax, RecordTax, ShowTax],
})
export class TransactionTaxesModule {}
