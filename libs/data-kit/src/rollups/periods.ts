const DAY_MS = 24 * 3600 * 1000;
/** Bounds that no day lies outside of, and before `all` in the order of texts. */
const FIRST_DAY = '0000-00-00';
const LAST_DAY = '9999-99-99';

/** The period of everything, whenever it was. */
export const ALL_DAYS = 'all';

/** Days, both included, UTC, `YYYY-MM-DD`. */
export interface Days {
  first: string;
  last: string;
}

/** Instants, `from` included, `until` not. */
export interface Interval {
  from: Date;
  until: Date;
}

/** A period taken apart: whole days, which are summed already, and what is left of days at its ends. */
export interface SplitPeriod {
  /** Absent when the period holds no whole day. */
  days?: Days;
  rest: Interval[];
}

/** The UTC day of an instant. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The period that the days of a month are summed in. */
export function monthOf(day: string): string {
  return `month-${day.slice(0, 7)}`;
}

/** @param from included, open when absent @param until not included, open when absent */
export function splitPeriod(from: Date | undefined, until: Date | undefined): SplitPeriod {
  const start = from?.getTime() ?? -Infinity;
  const end = until?.getTime() ?? Infinity;
  if (start >= end) return { rest: [] };
  const firstDay = Math.ceil(start / DAY_MS) * DAY_MS;
  const endOfDays = Math.floor(end / DAY_MS) * DAY_MS;
  if (firstDay >= endOfDays) return { rest: [interval(start, end)] };
  return {
    days: {
      first: firstDay === -Infinity ? FIRST_DAY : dayOf(new Date(firstDay)),
      last: endOfDays === Infinity ? LAST_DAY : dayOf(new Date(endOfDays - DAY_MS)),
    },
    rest: [...(start < firstDay ? [interval(start, firstDay)] : []), ...(end > endOfDays ? [interval(endOfDays, end)] : [])],
  };
}

/** Days as the periods they are summed in. */
export interface MonthsAndDays {
  /** Condition on the period; the days of what is in `inMonths` are not among them. */
  period: string | { $in: string[] } | { $gte: string; $lte: string };
  /** The days that whole months stand for. */
  inMonths?: Days;
}

/** Takes days together to months where they fill them; open ends are read by day. All of them when `days` is absent. */
export function monthsAndDays(days: Days | undefined): MonthsAndDays {
  if (!days) return { period: ALL_DAYS };
  const { first, last } = days;
  if (first === FIRST_DAY || last === LAST_DAY) return { period: { $gte: first, $lte: last } };
  const periods: string[] = [];
  let inMonths: Days | undefined;
  for (let day = first; day <= last;) {
    const end = lastOfMonth(day);
    const isWhole = day.endsWith('-01') && end <= last;
    periods.push(isWhole ? monthOf(day) : day);
    if (isWhole) inMonths = { first: inMonths?.first ?? day, last: end };
    day = dayAfter(isWhole ? end : day);
  }
  return { period: { $in: periods }, ...(inMonths ? { inMonths } : {}) };
}

function lastOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(new Date(Date.UTC(year, month, 0)));
}

function dayAfter(day: string): string {
  return dayOf(new Date(Date.parse(day) + DAY_MS));
}

function interval(from: number, until: number): Interval {
  return { from: new Date(from), until: new Date(until) };
}
