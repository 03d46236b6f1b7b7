import { DomainError } from '@paygate/kernel';
import type { DashboardQuery } from './dto/dashboard.query.js';

const DAY_MS = 24 * 3600 * 1000;
const MOST_DAYS = 366;
const DEFAULT_PERIOD = '30d';

/** Days, both included, `YYYY-MM-DD`, UTC. */
export interface Days {
  from: string;
  to: string;
}

/**
 * The days that are asked for, and as many to compare them with.
 * @throws DomainError `validation_failed`
 */
export function dashboardPeriods(query: DashboardQuery, now: Date): { period: Days; comparison: Days } {
  const { from, to, compareFrom } = query;
  const period = from === undefined && to === undefined ? trailing(query.period ?? DEFAULT_PERIOD, now) : custom(query);
  const count = numberOf(period.to) - numberOf(period.from) + 1;
  const first = compareFrom === undefined ? numberOf(period.from) - count : numberOf(compareFrom);
  return { period, comparison: { from: dayOf(first), to: dayOf(first + count - 1) } };
}

function trailing(period: string, now: Date): Days {
  const today = Math.floor(now.getTime() / DAY_MS);
  return { from: dayOf(today - Number.parseInt(period, 10) + 1), to: dayOf(today) };
}

function custom({ period, from, to }: DashboardQuery): Days {
  if (period !== undefined) throw invalid('period', 'period, or from and to; not both');
  if (from === undefined) throw invalid('from', 'a date, because to is given');
  if (to === undefined) throw invalid('to', 'a date, because from is given');
  if (from > to) throw invalid('from', 'a date not after to');
  if (numberOf(to) - numberOf(from) >= MOST_DAYS) throw invalid('to', `a date less than ${MOST_DAYS} days after from`);
  return { from, to };
}

function invalid(field: string, expected: string): DomainError {
  return DomainError.invalid({ field, code: 'period', message: `${field} must be ${expected}.`, expected });
}

function numberOf(day: string): number {
  return Date.parse(day) / DAY_MS;
}

function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
