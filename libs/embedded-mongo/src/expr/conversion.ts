import { Decimal128, Double, Long, ObjectId } from 'bson';
import { compareExact, exact } from '../bson/decimal.js';
import { parseTypeAlias, typeName } from '../bson/type-names.js';
import { double, isInt32, isLong, isNil, isNumeric, toNumber, type Numeric, type Value } from '../bson/value.js';
import { parseIsoDate } from '../dates/format.js';
import { fail, MongoError, show } from '../errors.js';
import { compileArgs, named, nullable, type Evaluate, type Operator } from './scope.js';

const INT64_LIMIT = { c: 2n ** 63n, e: 0 };

/** Converts a present value to a BSON type, as `$convert` does. */
export function convert(v: Exclude<Value, null | undefined>, to: string): Value {
  switch (to) {
    case 'string':
      return toText(v);
    case 'objectId':
      if (v instanceof ObjectId) return v;
      if (typeof v === 'string') return /^[0-9a-f]{24}$/i.test(v) ? new ObjectId(v) : unparsable(v);
      return noConversion(v, to);
    case 'bool':
      return isNumeric(v) ? toNumber(v) !== 0 : v !== false;
    case 'date':
      return toDate(v);
    case 'double':
      return toDouble(v);
    case 'int':
      return toInt(v);
    case 'long':
      return toLong(v);
    case 'decimal':
      return toDecimal(v);
    default:
      return fail(2, `Unsupported $convert type: ${to}`);
  }
}

function noConversion(v: Value, to: string): never {
  return fail(241, `Unsupported conversion from ${typeName(v)} to ${to} in $convert with no onError value`);
}

function unparsable(v: Value): never {
  return fail(241, `Failed to parse ${show(v)} in $convert with no onError value`);
}

function overflow(v: Value): never {
  return fail(241, `Conversion would overflow target type in $convert with no onError value: ${show(v)}`);
}

/** Text of a number as the server prints it. */
export function numberText(v: Numeric): string {
  if (v instanceof Double) return String(v.value);
  return typeof v === 'number' ? String(v) : v.toString();
}

function toText(v: Exclude<Value, null | undefined>): string {
  if (typeof v === 'string') return v;
  if (typeof v === 'boolean') return String(v);
  if (isNumeric(v)) return numberText(v);
  if (v instanceof Date) return v.toISOString();
  if (v instanceof ObjectId) return v.toHexString();
  return noConversion(v, 'string');
}

export function toDate(v: Value): Date {
  if (v instanceof Date) return v;
  if (isNumeric(v)) {
    if (typeof v === 'number' && isInt32(v)) noConversion(v, 'date');
    return new Date(toNumber(v));
  }
  if (typeof v === 'string') {
    const ms = parseIsoDate(v);
    return ms === null ? unparsable(v) : new Date(ms);
  }
  return v instanceof ObjectId ? v.getTimestamp() : noConversion(v, 'date');
}

function toDouble(v: Value): Value {
  if (isNumeric(v)) return double(toNumber(v));
  if (typeof v === 'boolean') return double(Number(v));
  if (v instanceof Date) return double(v.getTime());
  if (typeof v !== 'string') return noConversion(v, 'double');
  return v === '' || v.trim() !== v || Number.isNaN(Number(v)) ? unparsable(v) : double(Number(v));
}

const INTEGER_TEXT = /^[+-]?\d+$/;

function toInt(v: Value): Value {
  const n = isNumeric(v) ? Math.trunc(toNumber(v)) : typeof v === 'boolean' ? Number(v) : NaN;
  if (typeof v === 'string') {
    if (!INTEGER_TEXT.test(v)) unparsable(v);
    return isInt32(Number(v)) ? Number(v) : overflow(v);
  }
  if (!isNumeric(v) && typeof v !== 'boolean') noConversion(v, 'int');
  const whole = n === 0 ? 0 : n;
  return isInt32(whole) ? whole : overflow(v);
}

function toLong(v: Value): Value {
  if (isLong(v)) return v;
  if (typeof v === 'boolean') return Long.fromNumber(Number(v));
  if (v instanceof Date) return Long.fromNumber(v.getTime());
  if (typeof v === 'string') {
    if (!INTEGER_TEXT.test(v)) unparsable(v);
    const n = BigInt(v);
    return n >= INT64_LIMIT.c || n < -INT64_LIMIT.c ? overflow(v) : Long.fromBigInt(n);
  }
  if (!isNumeric(v)) return noConversion(v, 'long');
  const x = exact(v);
  if (x.special !== undefined || compareExact(x, INT64_LIMIT) >= 0 || compareExact(x, { c: -INT64_LIMIT.c, e: 0 }) < 0) return overflow(v);
  return Long.fromBigInt(x.e >= 0 ? x.c * 10n ** BigInt(x.e) : x.c / 10n ** BigInt(-x.e));
}

function toDecimal(v: Value): Value {
  if (v instanceof Decimal128) return v;
  if (typeof v === 'boolean') return Decimal128.fromString(String(Number(v)));
  if (v instanceof Date) return Decimal128.fromString(String(v.getTime()));
  if (isLong(v)) return Decimal128.fromString(v.toString());
  if (isNumeric(v)) {
    const n = toNumber(v);
    return Decimal128.fromString(String(Number.isInteger(n) ? n : Number(n.toPrecision(15))));
  }
  if (typeof v !== 'string') return noConversion(v, 'decimal');
  try {
    return Decimal128.fromString(v);
  } catch {
    return unparsable(v);
  }
}

const to = (type: string): Operator => nullable((v) => convert(v, type));

const convertOperator: Operator = (arg, scope, name) => {
  const p = named(arg, scope, name, ['input', 'to'], ['onError', 'onNull', 'format']);
  return (d) => {
    const v = p['input']?.(d);
    if (isNil(v)) return p['onNull']?.(d) ?? null;
    const type = parseTypeAlias(p['to']?.(d));
    try {
      return convert(v, type);
    } catch (error) {
      if (!p['onError'] || !(error instanceof MongoError)) throw error;
      return p['onError'](d);
    }
  };
};

export const conversionOperators: Readonly<Record<string, Operator>> = {
  $convert: convertOperator,
  $toString: to('string'),
  $toObjectId: to('objectId'),
  $toBool: to('bool'),
  $toDate: to('date'),
  $toDouble: to('double'),
  $toInt: to('int'),
  $toLong: to('long'),
  $toDecimal: to('decimal'),
  $type: (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => typeName(e(d));
  },
  $isNumber: (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => isNumeric(e(d));
  },
};
