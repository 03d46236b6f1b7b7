import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPlatformPageForOperators } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model, mongo } from 'mongoose';
import { EXCHANGE_RATE_DAY_MODEL } from './exchange-rate.schema.js';
import type { ExchangeRateDayRow } from './exchange-rate.schema.js';
import type { DayRates } from './rate-table.js';

const DAYS_AT_ONCE = 500;

export interface RateDayFilter {
  currency?: string;
  from?: string;
  to?: string;
}

/** Public reference rates: the same for every organization, kept by those who run the platform. */
@Injectable()
export class ExchangeRatesRepository {
  /** The driver's own: the whole history has 200,000 rates, each of which a model would look at. */
  private readonly collection: mongo.Collection<ExchangeRateDayRow>;

  constructor(@InjectModel(EXCHANGE_RATE_DAY_MODEL) private readonly rows: Model<ExchangeRateDayRow>) {
    this.collection = rows.db.collection<ExchangeRateDayRow>(rows.collection.collectionName);
  }

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

  /** Writes whole days, in place of what is stored of them. */
  async replaceForOperators(days: readonly DayRates[], importedAt: Date, session: ClientSession): Promise<void> {
    for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
      const writes = days.slice(at, at + DAYS_AT_ONCE).map(({ day, rates }) => ({
        replaceOne: { filter: { _id: day }, replacement: { rates, createdAt: new Date(day), importedAt }, upsert: true },
      }));
      await this.collection.bulkWrite(writes, { session, ordered: false });
    }
  }
}

function fromRow({ _id, rates }: ExchangeRateDayRow): DayRates {
  return { day: _id, rates };
}
