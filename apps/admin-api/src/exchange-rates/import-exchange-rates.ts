import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import type { ImportedExchangeRatesResponse } from './dto/exchange-rates.response.js';
import type { ExchangeRateBody } from './dto/import-exchange-rates.body.js';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import type { DayRates } from './rate-table.js';
import { CollectedRates } from './reading/collected-rates.js';
import { limitedText } from './reading/limited-text.js';
import { readCsv } from './reading/read-csv.js';
import { readXml } from './reading/read-xml.js';

/** The whole history of the European Central Bank has about 9 MB as XML. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Takes in reference rates: all of what was sent, or nothing. What is there already stays as it is. */
@Injectable()
export class ImportExchangeRates {
  constructor(
    private readonly changes: Changes,
    private readonly days: ExchangeRatesRepository,
  ) {}

  /** @throws DomainError `exchange_rates_unreadable`, `payload_too_large` */
  async ofFile(file: AsyncIterable<Uint8Array>, kind: 'csv' | 'xml'): Promise<ImportedExchangeRatesResponse> {
    const collected = collector();
    await (kind === 'csv' ? readCsv : readXml)(limitedText(file, MOST_BYTES), collected);
    return this.store(collected.all());
  }

  /** @throws DomainError `exchange_rates_unreadable` */
  async ofRows(rows: readonly ExchangeRateBody[]): Promise<ImportedExchangeRatesResponse> {
    const collected = collector();
    for (const [index, { day, currency, unitsPerEuro }] of rows.entries()) {
      collected.add(day, currency, decimal(unitsPerEuro), { field: `rates[${index}]` });
    }
    return this.store(collected.all());
  }

  private async store(days: readonly DayRates[]): Promise<ImportedExchangeRatesResponse> {
    const [firstDay, lastDay] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
    return this.changes.run(async (change) => {
      const stored = await this.days.between(firstDay, lastDay, change.session);
      const { news, created, updated, unchanged } = comparison(days, stored);
      const summary = { firstDay, lastDay, created, updated, unchanged };
      if (news.length === 0) return summary;
      await this.days.replaceForOperators(news, change.now, change.session);
      await change.record({ action: 'exchange_rate.imported', resource: { type: 'exchange_rate', id: lastDay }, after: summary });
      return summary;
    });
  }
}

interface Comparison {
  /** Days with another rate than before, whole. */
  readonly news: readonly DayRates[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

function comparison(days: readonly DayRates[], stored: readonly DayRates[]): Comparison {
  const before = new Map(stored.map(({ day, rates }) => [day, rates]));
  const news: DayRates[] = [];
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const { day, rates } of days) {
    const known = before.get(day) ?? {};
    const kinds = Object.entries(rates).map(([currency, rate]) =>
      known[currency] === undefined ? 'created' : known[currency] === rate ? 'unchanged' : 'updated',
    );
    for (const kind of kinds) counts[kind] += 1;
    if (kinds.some((kind) => kind !== 'unchanged')) news.push({ day, rates: { ...known, ...rates } });
  }
  return { news, ...counts };
}

function collector(): CollectedRates {
  return new CollectedRates(systemClock.now().toISOString().slice(0, 10));
}

/** Never in the notation with an exponent. */
function decimal(value: number): string {
  return String(value).includes('e') ? value.toFixed(8) : String(value);
}
