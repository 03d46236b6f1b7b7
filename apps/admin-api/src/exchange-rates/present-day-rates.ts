import type { DayRatesResponse } from './dto/exchange-rates.response.js';
import type { DayRates } from './rate-table.js';

export function presentDayRates({ day, rates }: DayRates): DayRatesResponse {
  return { day, rates: Object.fromEntries(Object.entries(rates).map(([currency, rate]) => [currency, Number(rate)])) };
}
