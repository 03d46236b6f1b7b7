import { minorDigits } from '@paygate/kernel';
import type { CurrencyCode } from '@paygate/kernel';

/** What one euro was worth on a day: units by currency, as decimal text, so that nothing is lost. */
export interface DayRates {
  /** `YYYY-MM-DD`, as published. */
  readonly day: string;
  readonly rates: Readonly<Record<string, string>>;
}

export interface EuroRate {
  readonly currency: string;
  /** Of the currency, for one euro. */
  readonly unitsPerEuro: number;
  /** The same as it was published. */
  readonly decimal: string;
  /** The day it was published for, which may be another than was asked for. */
  readonly day: string;
}

/** Longer than any time without a publication, which are weekends and holidays; an older rate is that of a discontinued currency. */
export const LONGEST_GAP_DAYS = 10;
const DAY_MS = 24 * 3600 * 1000;

/** Rates of some days, looked up in memory. */
export class RateTable {
  private readonly days: ReadonlyMap<string, DayRates>;

  constructor(days: readonly DayRates[]) {
    this.days = new Map(days.map((one) => [one.day, one]));
  }

  /**
   * The rate of a day, or of the nearest day with one. Undefined when there is none near: nothing is guessed.
   * @param otherwise on which side to look when none was published for the day itself
   */
  unitsPerEuro(currency: string, day: string, otherwise: 'before' | 'after' = 'before'): EuroRate | undefined {
    if (currency === 'EUR') return { currency, unitsPerEuro: 1, decimal: '1', day };
    for (let distance = 0; distance <= LONGEST_GAP_DAYS; distance++) {
      const near = shiftedDay(day, otherwise === 'before' ? -distance : distance);
      const decimal = this.days.get(near)?.rates[currency];
      if (decimal !== undefined) return { currency, unitsPerEuro: Number(decimal), decimal, day: near };
    }
    return undefined;
  }
}

export function shiftedDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** An amount of minor units in euro cents, half away from zero. */
export function inEuroCents(amount: number, { currency, decimal }: Pick<EuroRate, 'currency' | 'decimal'>): number {
  const [whole = '', fraction = ''] = decimal.split('.');
  const rate = BigInt(whole + fraction);
  const numerator = BigInt(Math.abs(amount)) * 100n * 10n ** BigInt(fraction.length);
  const denominator = rate * 10n ** BigInt(minorDigits(currency as CurrencyCode));
  const cents = Number((2n * numerator + denominator) / (2n * denominator));
  return amount < 0 && cents !== 0 ? -cents : cents;
}
