import { dayOf } from './tally.js';

const DAY_MS = 24 * 3600 * 1000;
/** Bounds that no day lies outside of, and before `all` in the order of texts. */
const FIRST_DAY = '0000-00-00';
const LAST_DAY = '9999-99-99';

/** Instants, `from` included, `until` not. */
export interface Interval {
  from: Date;
  until: Date;
}

/** A period taken apart: whole days, which are summed already, and what is left of days at its ends. */
export interface SplitPeriod {
  /** Both included; absent when the period holds no whole day. */
  days?: { first: string; last: string };
  rest: Interval[];
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

function interval(from: number, until: number): Interval {
  return { from: new Date(from), until: new Date(until) };
}
