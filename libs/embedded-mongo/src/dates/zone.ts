import { fail } from '../errors.js';

/*
 * Time zone arithmetic. "Local" numbers are milliseconds as if the wall clock were UTC.
 * Offsets change at most on quarter hours, so they are cached per zone and quarter hour.
 */

const QUARTER_HOUR = 900_000;
const CACHE_LIMIT = 200_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** Offset from UTC in milliseconds at an instant. Zones are names such as `Europe/Madrid` or offsets such as `+02:00`. */
export function zoneOffset(instant: number, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  const slot = Math.floor(instant / QUARTER_HOUR);
  let cache = offsets.get(zone);
  if (!cache) offsets.set(zone, (cache = new Map<number, number>()));
  let offset = cache.get(slot);
  if (offset === undefined) {
    if (cache.size > CACHE_LIMIT) cache.clear();
    offset = wallClock(slot * QUARTER_HOUR, formatFor(zone)) - slot * QUARTER_HOUR;
    cache.set(slot, offset);
  }
  return offset;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
        era: 'short',
      });
    } catch {
      return fail(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formats.set(zone, format);
  }
  return format;
}

function wallClock(instant: number, format: Intl.DateTimeFormat): number {
  const p: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of format.formatToParts(instant)) p[part.type] = part.value;
  const year = p.era === 'BC' ? 1 - Number(p.year) : Number(p.year);
  return Date.UTC(year, Number(p.month) - 1, Number(p.day), Number(p.hour), Number(p.minute), Number(p.second));
}

export function toLocal(instant: number, zone: string): number {
  return instant + zoneOffset(instant, zone);
}

export function toInstant(local: number, zone: string): number {
  const guess = local - zoneOffset(local, zone);
  return local - zoneOffset(guess, zone);
}
