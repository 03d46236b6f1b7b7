import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPlatformPageForOperators } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import { EXCHANGE_RATE_DAY_MODEL } from './exchange-rate.schema.js';
import type { ExchangeRateDayRow } from './exchange-rate.schema.js';
import type { DayRates } from './rate-table.js';

export interface RateDayFilter {
  currency?: string;
  from?: string;
  to?: string;
}

/** Public reference rates: the same for every organization, kept by those who run the platform. */
@Injectable()
export class ExchangeRatesRepository {
  constructor(@InjectModel(EXCHANGE_RATE_DAY_MODEL) private readonly rows: Model<ExchangeRateDayRow>) {}

  /** Days from `from` to `to`, both inclusive. */
  async between(from: string, to: string, session?: ClientSession): Promise<DayRates[]> {
    const rows = await this.rows.find({ _id: { $gte: from, $lte: to } }, { rates: 1 }, { session }).lean<ExchangeRateDayRow[]>();
    return rows.map(fromRow);
  }

  /** Newest day first. */
  async pageForOperators({ currency, from, to }: RateDayFilter, selection: PageSelection): Promise<Page<DayRates>> {
    const days = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) };
    const filter = {
      ...(from === undefined && to === undefined ? {} : { _id: days }),
      ...(currency === undefined ? {} : { [`rates.${currency}`]: { $exists: true } }),
    };
    const page = await findPlatformPageForOperators(this.rows, filter, selection);
    return { ...page, items: page.items.map(fromRow) };
  }

  /** Adds rates to their days, and takes the place of those of the same currency. */
  async putForOperators(days: readonly DayRates[], importedAt: Date, session: ClientSession): Promise<void> {
    const writes = days.map(({ day, rates }) => ({
      updateOne: {
        filter: { _id: day },
        update: {
          $set: { importedAt, ...Object.fromEntries(Object.entries(rates).map(([currency, rate]) => [`rates.${currency}`, rate])) },
          $setOnInsert: { createdAt: new Date(day) },
        },
        upsert: true,
      },
    }));
    if (writes.length > 0) await this.rows.bulkWrite(writes, { session, ordered: false });
  }
}

function fromRow({ _id, rates }: ExchangeRateDayRow): DayRates {
  return { day: _id, rates };
}
