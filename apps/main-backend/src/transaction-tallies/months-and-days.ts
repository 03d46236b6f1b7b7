import { dayOf, monthOf } from './tally.js';

const DAY_MS = 24 * 3600 * 1000;

/** Days taken together to months where they fill them. */
export interface MonthsAndDays {
  /** Periods of tallies, in order. */
  periods: string[];
  /** The days that the months among them stand for, both included; absent without a whole month. */
  inMonths?: { first: string; last: string };
}

/** @param first included @param last included; both `YYYY-MM-DD` */
export function monthsAndDays(first: string, last: string): MonthsAndDays {
  const periods: string[] = [];
  let inMonths: MonthsAndDays['inMonths'];
  for (let day = first; day <= last;) {
    const end = lastOfMonth(day);
    const whole = day.endsWith('-01') && end <= last;
    periods.push(whole ? monthOf(day) : day);
    if (whole) inMonths = { first: inMonths?.first ?? day, last: end };
    day = next(whole ? end : day);
  }
  return { periods, inMonths };
}

function lastOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(new Date(Date.UTC(year, month, 0)));
}

function next(day: string): string {
  return dayOf(new Date(Date.parse(day) + DAY_MS));
}
