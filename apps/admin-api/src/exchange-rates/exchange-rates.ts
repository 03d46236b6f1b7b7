import { Injectable } from '@nestjs/common';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import { LONGEST_GAP_DAYS, RateTable, shiftedDay } from './rate-table.js';
import type { EuroRate } from './rate-table.js';

/** What a euro was worth, by the reference rates of the European Central Bank that operators imported. */
@Injectable()
export class ExchangeRates {
  constructor(private readonly days: ExchangeRatesRepository) {}

  /**
   * The rate of a day, or the last one published before it, with the day it is of. Undefined when there is none near.
   * @param day `YYYY-MM-DD`
   * @param otherwise `after`: the next one published, as OSS returns want it for the last day of a quarter
   */
  async unitsPerEuro(currency: string, day: string, otherwise: 'before' | 'after' = 'before'): Promise<EuroRate | undefined> {
    return (await this.table(day, day)).unitsPerEuro(currency, day, otherwise);
  }

  /** The rates of many days at once; both ends inclusive. */
  async table(from: string, to: string): Promise<RateTable> {
    return new RateTable(await this.days.between(shiftedDay(from, -LONGEST_GAP_DAYS), shiftedDay(to, LONGEST_GAP_DAYS)));
  }
}
