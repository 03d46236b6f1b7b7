import { DomainError } from '@paygate/kernel';
import { nextDay, startOfDay } from './start-of-day.js';
import { isDay } from './zoned-date.js';

/** Instants, `from` included, `until` not; open where absent. */
export interface ZonedPeriod {
  from?: Date;
  until?: Date;
}

export interface WantedPeriod {
  startDate?: string;
  endDate?: string;
  timezone?: string;
}

/**
 * The instants that dates in a time zone mean. The end is included: a day to its end, an instant to its millisecond.
 * @throws DomainError `validation_failed` when it ends before it begins
 */
export function zonedPeriod({ startDate, endDate, timezone = 'UTC' }: WantedPeriod): ZonedPeriod {
  const from = startDate === undefined ? undefined : isDay(startDate) ? startOfDay(startDate, timezone) : new Date(startDate);
  const until = endDate === undefined ? undefined : isDay(endDate) ? startOfDay(nextDay(endDate), timezone) : after(endDate);
  if (from && until && from >= until) {
    const expected = 'a date not after endDate';
    throw DomainError.invalid({ field: 'startDate', code: 'period', message: 'startDate must not be after endDate.', expected });
  }
  return { ...(from ? { from } : {}), ...(until ? { until } : {}) };
}

/** The instants of a calendar quarter in a time zone. @param quarter 1 to 4 */
export function quarterPeriod(year: number, quarter: number, timezone: string): Required<ZonedPeriod> & { lastDay: string } {
  const dayOf = (of: number, month: number): string => new Date(Date.UTC(of, month, 1)).toISOString().slice(0, 10);
  const first = dayOf(year, 3 * (quarter - 1));
  const next = dayOf(year, 3 * quarter);
  const lastDay = new Date(Date.parse(next) - 24 * 3600 * 1000).toISOString().slice(0, 10);
  return { from: startOfDay(first, timezone), until: startOfDay(next, timezone), lastDay };
}

function after(instant: string): Date {
  return new Date(new Date(instant).getTime() + 1);
}
