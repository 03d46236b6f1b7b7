import { Binary, BSONRegExp } from 'bson';
import type { Collation } from '../bson/collation.js';
import { compare, equal } from '../bson/compare.js';
import { indexKey } from '../bson/index-key.js';
import { binaryBytes, isLong, isNil, isNumeric, Rank, rankOf, toNumber, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { compileRegex } from './regex.js';

/** Tests one value, without going into its elements. */
export type ValueTest = (v: Value) => boolean;

export function equals(arg: Value, collation?: Collation): ValueTest {
  if (isNil(arg)) return isNil;
  if (typeof arg === 'string' && !collation) return (v) => v === arg || (typeof v === 'object' && equal(v, arg));
  if (typeof arg === 'boolean') return (v) => v === arg;
  return (v) => equal(v, arg, collation);
}

export type RangeOperator = '$gt' | '$gte' | '$lt' | '$lte';

const HOLDS: Record<RangeOperator, (c: number) => boolean> = {
  $gt: (c) => c > 0,
  $gte: (c) => c >= 0,
  $lt: (c) => c < 0,
  $lte: (c) => c <= 0,
};

function isNaNValue(v: Value): boolean {
  return isNumeric(v) && Number.isNaN(toNumber(v));
}

/** Ranges only match values of the argument's own type; NaN is only equal to itself. */
export function range(op: RangeOperator, arg: Value, collation?: Collation): ValueTest {
  const holds = HOLDS[op];
  const inclusive = op === '$gte' || op === '$lte';
  const rank = rankOf(arg);
  if (isNil(arg)) return inclusive ? isNil : () => false;
  if (rank === Rank.MinKey || rank === Rank.MaxKey) return (v) => holds(compare(v ?? null, arg));
  if (arg instanceof BSONRegExp) fail(2, `Can't have RegEx as arg to predicate over field`);
  if (isNaNValue(arg)) return inclusive ? isNaNValue : () => false;
  if (typeof arg === 'number') {
    return (v) => (typeof v === 'number' ? holds(v < arg ? -1 : v > arg ? 1 : v === arg ? 0 : NaN) : numericRange(v, arg, holds));
  }
  return (v) => rankOf(v) === rank && !isNaNValue(v) && holds(compare(v, arg, collation));
}

function numericRange(v: Value, arg: number, holds: (c: number) => boolean): boolean {
  return isNumeric(v) && !isNaNValue(v) && holds(compare(v, arg));
}

export function matchesRegex(pattern: Value, options?: Value): ValueTest {
  const regex = compileRegex(pattern, options);
  return (v) => (typeof v === 'string' ? regex.test(v) : v instanceof BSONRegExp && equal(v, pattern));
}

export function modulo(arg: Value): ValueTest {
  if (!Array.isArray(arg)) fail(2, 'malformed mod, needs to be an array');
  if (arg.length < 2) fail(2, 'malformed mod, not enough elements');
  if (arg.length > 2) fail(2, 'malformed mod, too many elements');
  const divisor = Math.trunc(toNumber(arg[0]));
  const remainder = Math.trunc(toNumber(arg[1]));
  if (Number.isNaN(divisor) || Number.isNaN(remainder)) fail(2, 'malformed mod, divisor and remainder must be numbers');
  if (divisor === 0) fail(2, 'divisor cannot be 0');
  return (v) => isNumeric(v) && Math.trunc(toNumber(v)) % divisor === remainder;
}

const MANY = 8;

/** `$in` and `$nin`: regular expressions are matched, other values compared; long lists of values use a set. */
export function oneOf(op: string, arg: Value, collation: Collation | undefined, nested: (v: Value) => boolean): ValueTest {
  if (!Array.isArray(arg)) fail(2, `${op} needs an array`);
  if (arg.some(nested)) fail(2, `cannot nest $ under ${op}`);
  if (arg.length > MANY && !arg.some((a) => a instanceof BSONRegExp)) {
    const keys = new Set(arg.map((a) => indexKey(a ?? null, collation)));
    return (v) => keys.has(indexKey(v ?? null, collation));
  }
  const tests = arg.map((a) => (a instanceof BSONRegExp ? matchesRegex(a) : equals(a, collation)));
  return (v) => {
    for (const t of tests) if (t(v)) return true;
    return false;
  };
}

export type BitsOperator = '$bitsAllSet' | '$bitsAnySet' | '$bitsAllClear' | '$bitsAnyClear';

function bitsOfBytes(bytes: Uint8Array): bigint {
  let n = 0n;
  bytes.forEach((b, i) => {
    n |= BigInt(b) << BigInt(8 * i);
  });
  return n;
}

function bitsOf(v: Value): bigint | null {
  if (v instanceof Binary) return bitsOfBytes(binaryBytes(v));
  if (isLong(v)) return v.toBigInt();
  if (!isNumeric(v)) return null;
  const n = toNumber(v);
  return Number.isInteger(n) ? BigInt(n) : null;
}

export function bits(op: BitsOperator, arg: Value): ValueTest {
  const mask = Array.isArray(arg) ? arg.reduce<bigint>((m, p) => m | (1n << BigInt(toNumber(p))), 0n) : bitsOf(arg);
  if (mask === null) fail(2, `${op} takes an Array, a number, or a BinData`);
  return (v) => {
    const x = bitsOf(v);
    if (x === null) return false;
    const set = x & mask;
    switch (op) {
      case '$bitsAllSet':
        return set === mask;
      case '$bitsAnySet':
        return set !== 0n;
      case '$bitsAllClear':
        return set === 0n;
      case '$bitsAnyClear':
        return set !== mask;
    }
  };
}
