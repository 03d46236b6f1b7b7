import { addPlatformPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';

/** The reference rates of one day, for the whole platform. */
export interface ExchangeRateDayRow {
  /** The day, `YYYY-MM-DD`. */
  _id: string;
  /** Decimal text by currency: units for one euro. */
  rates: Record<string, string>;
  /** The beginning of the day, by which lists are ordered. */
  createdAt: Date;
  importedAt: Date;
}

export const EXCHANGE_RATE_DAY_MODEL = 'ExchangeRateDay';

export const exchangeRateDaySchema = new Schema<ExchangeRateDayRow>(
  {
    _id: { type: String, required: true, match: /^\d{4}-\d{2}-\d{2}$/ },
    rates: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    importedAt: { type: Date, required: true },
  },
  { collection: 'exchange_rate_days', versionKey: false, minimize: false },
);
addPlatformPageIndex(exchangeRateDaySchema);
