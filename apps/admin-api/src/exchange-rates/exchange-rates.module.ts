import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { EXCHANGE_RATE_DAY_MODEL, exchangeRateDaySchema } from './exchange-rate.schema.js';
import { ExchangeRateFiles } from './exchange-rate-files.js';
import { ExchangeRates } from './exchange-rates.js';
import { ExchangeRatesController } from './exchange-rates.controller.js';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import { ImportExchangeRates } from './import-exchange-rates.js';
import { ListExchangeRates } from './list-exchange-rates.js';

@Module({
  imports: [ChangesModule, MongooseModule.forFeature([{ name: EXCHANGE_RATE_DAY_MODEL, schema: exchangeRateDaySchema }])],
  controllers: [ExchangeRatesController],
  providers: [ExchangeRatesRepository, ExchangeRates, ExchangeRateFiles, ImportExchangeRates, ListExchangeRates],
  exports: [ExchangeRates],
})
export class ExchangeRatesModule {}
