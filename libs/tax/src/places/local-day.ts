import { zoneOf } from './zones.js';

const DAY = 86_400_000;
/** ISO 8601 with a time and its zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A year of a zone: from when (UTC, ms) which distance to UTC (ms) holds, the earliest first. */
type Offsets = readonly (readonly [from: number, offset: number])[];
const offsets = new Map<string, Map<number, Offsets>>();
const formats = new Map<string, Intl.DateTimeFormat>();
const dayTexts = new Map<number, string>();

/** Milliseconds since 1970; undefined when it is no instant, e.g. for want of a zone. */
export function instantOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !INSTANT.test(text)) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  // The 30th of February would become the 1st or 2nd of March.
  const day = Number(text.slice(8, 10));
  const year = Number(text.slice(0, 4));
  return day > 28 && day > new Date(Date.UTC(year, Number(text.slice(5, 7)), 0)).getUTCDate() ? undefined : instant;
}

/** The calendar day of an instant in a place, `YYYY-MM-DD`. */
export function localDay(instant: number, country: string, region?: string): string {
  const day = Math.floor((instant + offsetAt(instant, zoneOf(country, region))) / DAY);
  let text = dayTexts.get(day);
  if (text === undefined) {
    if (dayTexts.size > 20_000) dayTexts.clear();
    text = new Date(day * DAY).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

/** The formats of `Intl` take microseconds each; a year of a zone has at most a handful of changes, found once. */
function offsetAt(instant: number, zone: string): number {
  let years = offsets.get(zone);
  if (!years) {
    years = new Map();
    offsets.set(zone, years);
  }
  const year = new Date(instant).getUTCFullYear();
  let changes = years.get(year);
  if (!changes) {
    changes = changesIn(year, zone);
    years.set(year, changes);
  }
  let offset = 0;
  for (const [from, value] of changes) {
    if (from > instant) break;
    offset = value;
  }
  return offset;
}

/** Looks once a week and, where the distance to UTC differs, halves the week down to the minute. */
function changesIn(year: number, zone: string): Offsets {
  const end = Date.UTC(year + 1, 0, 1);
  let at = Date.UTC(year, 0, 1);
  let current = askOffset(at, zone);
  const changes: [number, number][] = [[at, current]];
  while (at < end) {
    const next = Math.min(at + 7 * DAY, end);
    const later = askOffset(next, zone);
    if (later !== current) {
      let [before, after] = [at, next];
      while (after - before > 60_000) {
        const middle = before + Math.floor((after - before) / 120_000) * 60_000;
        if (askOffset(middle, zone) === current) before = middle;
        else after = middle;
      }
      changes.push([after, later]);
      current = later;
    }
    at = next;
  }
  return changes;
}

function askOffset(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
