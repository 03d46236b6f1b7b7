import { inEuroCents } from '../../exchange-rates/index.js';
import type { RateTable } from '../../exchange-rates/index.js';

/** EUR 10,000 in cents. */
export const THRESHOLD = 1_000_000;

/** Net sales of one day in one currency, minor units; what went back is taken off. */
export interface DaySales {
  readonly day: string;
  readonly currency: string;
  readonly net: number;
}

/** What was turned into euro at which rate. */
export interface Conversion {
  readonly day: string;
  /** The day the rate is of: the same, or the last with one before it. */
  readonly rateDay: string;
  readonly unitsPerEuro: number;
  readonly net: number;
  readonly netEur: number;
}

export interface CurrencySum {
  readonly currency: string;
  /** Minor units of the currency, all of it. */
  readonly net: number;
  /** Cents, of what could be converted. */
  readonly netEur: number;
  /** Empty for EUR. */
  readonly conversions: readonly Conversion[];
  /** Days whose sales are left out of `netEur`, because no rate is known. */
  readonly missingRateDays: readonly string[];
}

export interface YearSum {
  readonly year: number;
  /** Cents. */
  readonly netEur: number;
  /** The first day after which the sum was above the threshold; it stays passed when money goes back later. */
  readonly exceededAt?: string;
  readonly currencies: readonly CurrencySum[];
}

/** Adds up a year, day by day, in euro at the rate of each day. */
export function sumOfYear(year: number, sales: readonly DaySales[], rates: RateTable): YearSum {
  const ordered = sales
    .map((sale) => ({ ...sale, day: withinYear(sale.day, year) }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const currencies = [...new Set(ordered.map(({ currency }) => currency))].sort();
  const sums = currencies.map((currency) => sumOfCurrency(currency, ordered, rates));
  const exceededAt = firstDayAbove(THRESHOLD, sums, ordered);
  return {
    year,
    netEur: sums.reduce((sum, { netEur }) => sum + netEur, 0),
    ...(exceededAt === undefined ? {} : { exceededAt }),
    currencies: sums,
  };
}

function sumOfCurrency(currency: string, sales: readonly DaySales[], rates: RateTable): CurrencySum {
  const conversions: Conversion[] = [];
  const missingRateDays: string[] = [];
  const byDay = perDay(sales.filter((sale) => sale.currency === currency));
  for (const [day, net] of byDay) {
    const rate = rates.unitsPerEuro(currency, day);
    if (!rate) missingRateDays.push(day);
    else conversions.push({ day, rateDay: rate.day, unitsPerEuro: rate.unitsPerEuro, net, netEur: inEuroCents(net, rate) });
  }
  return {
    currency,
    net: total(byDay.values()),
    netEur: total(conversions.map(({ netEur }) => netEur)),
    conversions: currency === 'EUR' ? [] : conversions,
    missingRateDays,
  };
}

function firstDayAbove(threshold: number, sums: readonly CurrencySum[], sales: readonly DaySales[]): string | undefined {
  const euro = sales.filter(({ currency }) => currency === 'EUR').map(({ day, net }): [string, number] => [day, net]);
  const others = sums.flatMap(({ conversions }) => conversions.map(({ day, netEur }): [string, number] => [day, netEur]));
  const days = new Map<string, number>();
  for (const [day, cents] of [...euro, ...others]) days.set(day, (days.get(day) ?? 0) + cents);
  let sum = 0;
  for (const day of [...days.keys()].sort()) {
    sum += days.get(day) ?? 0;
    if (sum > threshold) return day;
  }
  return undefined;
}

function perDay(sales: readonly DaySales[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const { day, net } of sales) days.set(day, (days.get(day) ?? 0) + net);
  return days;
}

function total(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}

/** Days are those of UTC; a year that begins in the seller's country before it does in UTC begins with its own first day. */
function withinYear(day: string, year: number): string {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return day < first ? first : day > last ? last : day;
}
