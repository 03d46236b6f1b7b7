import { Long } from 'bson';
import { isDoc, isNil, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { dateParts, formatDate, parseFormattedDate, parseIsoDate, type DateParts } from '../dates/format.js';
import { addUnits, checkUnit, difference, truncate } from '../dates/units.js';
import { toInstant } from '../dates/zone.js';
import { fail, show } from '../errors.js';
import { toDate } from './conversion.js';
import { named, type Evaluate, type Operator } from './scope.js';

function text(v: Value, what: string): string {
  return typeof v === 'string' ? v : fail(40517, `${what} must evaluate to a string, found ${show(v)}`);
}

function zoneOf(e: Evaluate | undefined, d: Doc): string {
  const zone = e?.(d);
  return isNil(zone) ? 'UTC' : text(zone, 'timezone');
}

function instant(v: Value): number {
  if (isNumeric(v) || typeof v === 'string')
    fail(16006, `can't convert from BSON type ${typeof v === 'string' ? 'string' : 'number'} to Date`);
  return toDate(v).getTime();
}

/** `{ $year: date }` or `{ $year: { date, timezone } }`. */
function part(field: keyof DateParts): Operator {
  return (arg, scope, name) => {
    const withZone = isDoc(arg) && 'date' in arg;
    const p = withZone ? named(arg, scope, name, ['date'], ['timezone']) : {};
    const date = p['date'] ?? scope.compile(Array.isArray(arg) && arg.length === 1 ? arg[0] : arg);
    return (d) => {
      const v = date(d);
      if (isNil(v)) return null;
      const n = dateParts(instant(v), zoneOf(p['timezone'], d))[field];
      return field === 'isoWeekYear' ? Long.fromNumber(n) : n;
    };
  };
}

const dateToString: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['date'], ['format', 'timezone', 'onNull']);
  return (d) => {
    const v = p['date']?.(d);
    if (isNil(v)) return p['onNull']?.(d) ?? null;
    const zone = zoneOf(p['timezone'], d);
    const format = p['format'] ? text(p['format'](d), 'format') : `%Y-%m-%dT%H:%M:%S.%L${zone === 'UTC' ? 'Z' : ''}`;
    return formatDate(instant(v), format, zone);
  };
};

const dateFromString: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['dateString'], ['format', 'timezone', 'onError', 'onNull']);
  return (d) => {
    const v = p['dateString']?.(d);
    if (isNil(v)) return p['onNull']?.(d) ?? null;
    const zone = zoneOf(p['timezone'], d);
    const ms =
      typeof v !== 'string' ? null : p['format'] ? parseFormattedDate(v, text(p['format'](d), 'format'), zone) : parseIsoDate(v, zone);
    if (ms !== null) return new Date(ms);
    return p['onError'] ? p['onError'](d) : fail(241, `Error parsing date string ${show(v)}`);
  };
};

const dateTrunc: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek']);
  return (d) => {
    const v = p['date']?.(d);
    if (isNil(v)) return null;
    const unit = checkUnit(text(p['unit']?.(d), 'unit'));
    const bin = p['binSize'] ? toNumber(p['binSize'](d)) : 1;
    if (!(bin > 0)) fail(5439017, '$dateTrunc requires binSize to be greater than zero');
    const start = p['startOfWeek'] ? text(p['startOfWeek'](d), 'startOfWeek') : 'sunday';
    return new Date(truncate(instant(v), unit, bin, zoneOf(p['timezone'], d), start));
  };
};

function adding(sign: 1 | -1): Operator {
  return (arg, scope, name) => {
    const p = named(arg, scope, name, ['startDate', 'unit', 'amount'], ['timezone']);
    return (d) => {
      const v = p['startDate']?.(d);
      const amount = p['amount']?.(d);
      if (isNil(v) || isNil(amount)) return null;
      const unit = checkUnit(text(p['unit']?.(d), 'unit'));
      return new Date(addUnits(instant(v), unit, sign * toNumber(amount), zoneOf(p['timezone'], d)));
    };
  };
}

const dateDiff: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek']);
  return (d) => {
    const a = p['startDate']?.(d);
    const b = p['endDate']?.(d);
    if (isNil(a) || isNil(b)) return null;
    const unit = checkUnit(text(p['unit']?.(d), 'unit'));
    const start = p['startOfWeek'] ? text(p['startOfWeek'](d), 'startOfWeek') : 'sunday';
    return Long.fromNumber(difference(instant(a), instant(b), unit, zoneOf(p['timezone'], d), start));
  };
};

const dateToParts: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['date'], ['timezone', 'iso8601']);
  return (d) => {
    const v = p['date']?.(d);
    if (isNil(v)) return null;
    const x = dateParts(instant(v), zoneOf(p['timezone'], d));
    const time = { hour: x.hour, minute: x.minute, second: x.second, millisecond: x.millisecond };
    if (p['iso8601']?.(d) === true) return { isoWeekYear: x.isoWeekYear, isoWeek: x.isoWeek, isoDayOfWeek: x.isoDayOfWeek, ...time };
    return { year: x.year, month: x.month, day: x.day, ...time };
  };
};

const dateFromParts: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['year'], ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone']);
  return (d) => {
    const numbers: number[] = [];
    for (const [field, fallback] of [
      ['year', 1970],
      ['month', 1],
      ['day', 1],
      ['hour', 0],
      ['minute', 0],
      ['second', 0],
      ['millisecond', 0],
    ] as const) {
      const e = p[field];
      const v = e ? e(d) : fallback;
      if (isNil(v)) return null;
      if (!isNumeric(v)) fail(40515, `'${field}' must evaluate to an integer, found ${show(v)}`);
      numbers.push(toNumber(v));
    }
    const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = numbers;
    return new Date(toInstant(Date.UTC(year, month - 1, day, hour, minute, second, ms), zoneOf(p['timezone'], d)));
  };
};

export const dateOperators: Readonly<Record<string, Operator>> = {
  $year: part('year'),
  $month: part('month'),
  $dayOfMonth: part('day'),
  $dayOfWeek: part('dayOfWeek'),
  $dayOfYear: part('dayOfYear'),
  $hour: part('hour'),
  $minute: part('minute'),
  $second: part('second'),
  $millisecond: part('millisecond'),
  $week: part('week'),
  $isoWeek: part('isoWeek'),
  $isoWeekYear: part('isoWeekYear'),
  $isoDayOfWeek: part('isoDayOfWeek'),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateTrunc: dateTrunc,
  $dateAdd: adding(1),
  $dateSubtract: adding(-1),
  $dateDiff: dateDiff,
  $dateToParts: dateToParts,
  $dateFromParts: dateFromParts,
};
