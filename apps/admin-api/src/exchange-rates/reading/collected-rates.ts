import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import type { DayRates } from '../rate-table.js';

/** The euro began with this day's rates. */
const FIRST_DAY = '1999-01-04';
const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^(?=.*[1-9])\d{1,9}(\.\d{1,8})?$/;
const MOST_PROBLEMS = 50;
const MOST_RATES = 600_000;

/** Where in a file something stands, e.g. `{ line: 7 }`; of JSON rows their path. */
export interface Origin {
  readonly line?: number;
  readonly field: string;
}

/** Gathers rates, and what is wrong with a file, so that its sender learns all of it at once. */
export class CollectedRates {
  private readonly days = new Map<string, Record<string, string>>();
  private readonly problems: (FieldProblem & { line?: number })[] = [];
  private count = 0;

  /** @param today `YYYY-MM-DD`: rates of days ahead do not exist */
  constructor(private readonly today: string) {}

  add(day: string, currency: string, rate: string, origin: Origin): void {
    const expected = this.whatElse(day, currency, rate);
    if (expected !== undefined) {
      this.report(origin, expected);
      return;
    }
    if (++this.count > MOST_RATES) throw unreadable(`it has more than ${MOST_RATES} rates`, []);
    const rates = this.days.get(day) ?? {};
    rates[currency] = rate;
    this.days.set(day, rates);
  }

  report({ line, field }: Origin, expected: string): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const place = line === undefined ? field : `line ${line}, ${field}`;
    const message = `${place} must be ${expected}.`;
    this.problems.push({ field, code: 'unreadable', message, expected, ...(line === undefined ? {} : { line }) });
  }

  /** By day, the oldest first. @throws DomainError `exchange_rates_unreadable` */
  all(): DayRates[] {
    if (this.problems.length > 0) throw unreadable(this.problems[0]?.message ?? '', this.problems);
    if (this.count === 0) throw unreadable('There are no rates in it.', []);
    return [...this.days].map(([day, rates]) => ({ day, rates })).sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  /** What was to be expected; undefined when it is right. */
  private whatElse(day: string, currency: string, rate: string): string | undefined {
    if (!isReal(day) || day < FIRST_DAY || day > this.today) return `of a day from ${FIRST_DAY} to ${this.today}`;
    if (!CURRENCY.test(currency) || currency === 'EUR') return 'an ISO 4217 currency other than EUR';
    if (!RATE.test(rate)) return 'a positive decimal number with at most eight decimals, or N/A';
    const known = this.days.get(day)?.[currency];
    return known === undefined || known === rate ? undefined : `one rate of ${currency} for ${day}`;
  }
}

function isReal(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

export function unreadable(why: string, problems: readonly FieldProblem[]): DomainError {
  return new DomainError(
    'exchange_rates_unreadable',
    `The exchange rates cannot be read: ${why}`,
    problems.length === 0 ? undefined : problems,
  );
}
