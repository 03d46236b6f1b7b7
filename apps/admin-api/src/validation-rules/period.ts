import { DomainError } from '@paygate/kernel';
import { rule } from './rule.js';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

export function IsDateOrInstant(): PropertyDecorator {
  return rule('date', 'an ISO 8601 date or date-time, e.g. 2026-01-31 or 2026-01-31T09:30:00Z', (value) => startOf(value) !== undefined);
}

export function IsDay(): PropertyDecorator {
  return rule(
    'day',
    'an ISO 8601 date, e.g. 2026-01-31',
    (value) => typeof value === 'string' && DAY.test(value) && startOf(value) !== undefined,
  );
}

/** The first instant a date or date-time means, in UTC when no offset is given. Undefined when it is neither. */
export function startOf(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = DAY.exec(value) ?? INSTANT.exec(value);
  if (!parts || !isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return undefined;
  const isDay = DAY.test(value);
  const hasOffset = isDay || parts[8] !== undefined;
  const start = new Date(hasOffset ? value : `${value}Z`);
  return Number.isNaN(start.getTime()) ? undefined : start;
}

/** The last instant meant, for an inclusive end: a plain date means its whole day in UTC. */
export function endOf(value: unknown): Date | undefined {
  const start = startOf(value);
  if (!start) return undefined;
  return typeof value === 'string' && DAY.test(value) ? new Date(start.getTime() + 24 * 3600 * 1000 - 1) : start;
}

/** Date parsing turns 30 February into 2 March; a caller who writes it made a mistake. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The instants a list is limited to, both inclusive. */
export interface Period {
  from?: string;
  to?: string;
}

/**
 * Turns `from` and `to` as callers write them into instants.
 * @throws DomainError `validation_failed` when the period ends before it begins
 */
export function periodOf({ from, to }: Period): Period {
  const start = startOf(from);
  const end = endOf(to);
  if (start && end && start > end) {
    throw DomainError.invalid({ field: 'from', code: 'period', message: 'from must not be after to.', expected: 'a date not after to' });
  }
  return { from: start?.toISOString(), to: end?.toISOString() };
}
