import { fail } from '../errors.js';
import { toInstant, toLocal } from './zone.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIXED: Readonly<Record<string, number>> = { millisecond: 1, second: 1000, minute: 60_000, hour: HOUR, day: DAY, week: 7 * DAY };
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** `$dateTrunc` counts bins from this Saturday. */
const REFERENCE = Date.UTC(2000, 0, 1);
const REFERENCE_WEEKDAY = 6;

export function checkUnit(unit: string): string {
  return unit in FIXED || unit in MONTHS ? unit : fail(2, `unknown time unit value: ${unit}`);
}

function weekday(name: string): number {
  const wanted = name.toLowerCase();
  const i = WEEKDAYS.findIndex((d) => d === wanted || d.slice(0, 3) === wanted);
  return i >= 0 ? i : fail(2, `unknown day of week value: ${name}`);
}

function monthNumber(local: number): number {
  const d = new Date(local);
  return (d.getUTCFullYear() - 2000) * 12 + d.getUTCMonth();
}

/** First instant of the bin an instant lies in. */
export function truncate(instant: number, unit: string, bin: number, zone: string, startOfWeek: string): number {
  const months = MONTHS[unit];
  const local = toLocal(instant, zone);
  if (months !== undefined) {
    const n = bin * months;
    return toInstant(Date.UTC(2000, Math.floor(monthNumber(local) / n) * n, 1), zone);
  }
  const size = (FIXED[unit] ?? 1) * bin;
  if (unit === 'day' || unit === 'week') {
    const reference = unit === 'week' ? REFERENCE + ((weekday(startOfWeek) - REFERENCE_WEEKDAY + 7) % 7) * DAY : REFERENCE;
    return toInstant(reference + Math.floor((local - reference) / size) * size, zone);
  }
  // Below a day the bins are steps of real time, so that they stay equally long across a clock change.
  const reference = toInstant(REFERENCE, zone);
  return reference + Math.floor((instant - reference) / size) * size;
}

/** Adds calendar units; the day of the month is held back to the last one that exists. */
export function addUnits(instant: number, unit: string, amount: number, zone: string): number {
  const months = MONTHS[unit];
  if (months === undefined) {
    const step = amount * (FIXED[unit] ?? 1);
    return unit === 'day' || unit === 'week' ? toInstant(toLocal(instant, zone) + step, zone) : instant + step;
  }
  const local = toLocal(instant, zone);
  const d = new Date(local);
  const month = d.getUTCMonth() + amount * months;
  const lastDay = new Date(Date.UTC(d.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const timeOfDay = local - Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate());
  return toInstant(Date.UTC(d.getUTCFullYear(), month, Math.min(d.getUTCDate(), lastDay)) + timeOfDay, zone);
}

/** Number of unit boundaries between two instants. */
export function difference(start: number, end: number, unit: string, zone: string, startOfWeek: string): number {
  const a = toLocal(start, zone);
  const b = toLocal(end, zone);
  const months = MONTHS[unit];
  if (months !== undefined) return Math.floor(monthNumber(b) / months) - Math.floor(monthNumber(a) / months);
  const size = FIXED[unit] ?? 1;
  const reference = unit === 'week' ? REFERENCE + (weekday(startOfWeek) - REFERENCE_WEEKDAY) * DAY : 0;
  return Math.floor((b - reference) / size) - Math.floor((a - reference) / size);
}
