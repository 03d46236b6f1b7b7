import { rule, startOf } from '../validation-rules/index.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_YEAR = '1900';
const LAST_YEAR = '2999';
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** A calendar day, or an instant that says its offset: a time of day without one could be meant anywhere. */
export function IsZonedDate(): PropertyDecorator {
  return rule('zoned_date', 'a date such as 2026-01-31, or a date-time with its offset such as 2026-01-31T09:30:00+01:00', isZonedDate);
}

export function isZonedDate(value: unknown): boolean {
  if (typeof value !== 'string' || startOf(value) === undefined) return false;
  const year = value.slice(0, 4);
  return year >= FIRST_YEAR && year <= LAST_YEAR && (isDay(value) || OFFSET.test(value));
}

export function isDay(value: string): boolean {
  return DAY.test(value);
}
