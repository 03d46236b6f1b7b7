export { ExchangeRates } from './exchange-rates.js';
export { ExchangeRatesModule } from './exchange-rates.module.js';
export { inEuroCents, RateTable } from './rate-table.js';
export type { DayRates, EuroRate } from './rate-table.js';
