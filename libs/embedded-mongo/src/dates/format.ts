import { fail } from '../errors.js';
import { toInstant, toLocal, zoneOffset } from './zone.js';

const DAY = 86_400_000;
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Parts of the wall clock at an instant in a zone. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 1 is Sunday. */
  readonly dayOfWeek: number;
  readonly dayOfYear: number;
  /** Weeks start on Sunday; days before the first Sunday are week 0. */
  readonly week: number;
  readonly isoWeek: number;
  readonly isoWeekYear: number;
  /** 1 is Monday. */
  readonly isoDayOfWeek: number;
}

export function dateParts(instant: number, zone: string): DateParts {
  const local = toLocal(instant, zone);
  const d = new Date(local);
  const year = d.getUTCFullYear();
  const weekday = d.getUTCDay();
  const midnight = Date.UTC(year, d.getUTCMonth(), d.getUTCDate());
  const dayOfYear = (midnight - Date.UTC(year, 0, 1)) / DAY + 1;
  const isoDayOfWeek = weekday === 0 ? 7 : weekday;
  // The ISO week belongs to the year its Thursday lies in.
  const thursday = midnight + (4 - isoDayOfWeek) * DAY;
  const isoWeekYear = new Date(thursday).getUTCFullYear();
  return {
    year,
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    millisecond: d.getUTCMilliseconds(),
    dayOfWeek: weekday + 1,
    dayOfYear,
    week: Math.floor((dayOfYear + 6 - weekday) / 7),
    isoWeek: Math.floor((thursday - Date.UTC(isoWeekYear, 0, 1)) / (7 * DAY)) + 1,
    isoWeekYear,
    isoDayOfWeek,
  };
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}

/** Writes a date with the `%` specifiers of `$dateToString`. */
export function formatDate(instant: number, format: string, zone: string): string {
  const p = dateParts(instant, zone);
  const offset = zoneOffset(instant, zone) / 60_000;
  return format.replace(/%(.?)/g, (_, c: string) => {
    switch (c) {
      case 'Y':
        return pad(p.year, 4);
      case 'm':
        return pad(p.month, 2);
      case 'd':
        return pad(p.day, 2);
      case 'H':
        return pad(p.hour, 2);
      case 'M':
        return pad(p.minute, 2);
      case 'S':
        return pad(p.second, 2);
      case 'L':
        return pad(p.millisecond, 3);
      case 'j':
        return pad(p.dayOfYear, 3);
      case 'w':
        return String(p.dayOfWeek);
      case 'u':
        return String(p.isoDayOfWeek);
      case 'U':
        return pad(p.week, 2);
      case 'V':
        return pad(p.isoWeek, 2);
      case 'G':
        return pad(p.isoWeekYear, 4);
      case 'b':
        return (MONTH_NAMES[p.month - 1] ?? '').slice(0, 3);
      case 'B':
        return MONTH_NAMES[p.month - 1] ?? '';
      case 'z':
        return `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60), 2)}${pad(Math.abs(offset) % 60, 2)}`;
      case 'Z':
        return String(offset);
      case '%':
        return '%';
      default:
        return fail(18536, `Invalid format character '%${c}' in format string`);
    }
  });
}

const ISO_DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

interface Wall {
  Y: number;
  m: number;
  d: number;
  H: number;
  M: number;
  S: number;
  L: number;
  z: string | undefined;
}

function toMillis(w: Wall, zone: string | undefined): number | null {
  const local = Date.UTC(w.Y, w.m - 1, w.d, w.H, w.M, w.S, w.L);
  const back = new Date(local);
  if (back.getUTCMonth() + 1 !== w.m || back.getUTCDate() !== w.d || w.H > 23 || w.M > 59 || w.S > 59) return null;
  return toInstant(local, w.z ?? zone ?? 'UTC');
}

/** Reads an ISO-8601 date; null when the text is none. Other free forms are not guessed. */
export function parseIsoDate(text: string, zone?: string): number | null {
  const m = ISO_DATE.exec(text);
  if (!m) return null;
  const [, Y, mo, d, H = '0', M = '0', S = '0', fraction = '0', z] = m;
  const L = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return toMillis({ Y: Number(Y), m: Number(mo), d: Number(d), H: Number(H), M: Number(M), S: Number(S), L, z }, zone);
}

const PATTERNS: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  m: '\\d{1,2}',
  d: '\\d{1,2}',
  H: '\\d{1,2}',
  M: '\\d{1,2}',
  S: '\\d{1,2}',
  L: '\\d{1,3}',
  z: '[+-]\\d{2}:?\\d{2}|Z',
};

/** Reads a date with a `%` format; null when the text does not fit. */
export function parseFormattedDate(text: string, format: string, zone?: string): number | null {
  const fields: string[] = [];
  const source = format.replace(/%(.)|[\\^$.*+?()[\]{}|]/g, (literal: string, c: string | undefined) => {
    if (c === undefined) return `\\${literal}`;
    if (c === '%') return '%';
    const pattern = PATTERNS[c] ?? fail(18536, `Invalid format character '%${c}' in format string`);
    fields.push(c);
    return `(${pattern})`;
  });
  const m = new RegExp(`^${source}$`).exec(text);
  if (!m) return null;
  const w: Wall = { Y: 1970, m: 1, d: 1, H: 0, M: 0, S: 0, L: 0, z: undefined };
  fields.forEach((f, i) => {
    const s = m[i + 1] ?? '';
    if (f === 'z') w.z = s;
    else w[f as Exclude<keyof Wall, 'z'>] = Number(s);
  });
  return toMillis(w, zone);
}
