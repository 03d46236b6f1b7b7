import { Injectable } from '@nestjs/common';
import type { Page } from '@paygate/nest-kit';
import type { ListExchangeRatesQuery } from './dto/list-exchange-rates.query.js';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import type { DayRates } from './rate-table.js';

@Injectable()
export class ListExchangeRates {
  constructor(private readonly days: ExchangeRatesRepository) {}

  async execute(query: ListExchangeRatesQuery): Promise<Page<DayRates>> {
    const { currency, from, to } = query;
    const page = await this.days.pageForOperators({ currency, from, to }, query);
    if (currency === undefined) return page;
    return { ...page, items: page.items.map(({ day, rates }) => ({ day, rates: { [currency]: rates[currency] ?? '' } })) };
  }
}
