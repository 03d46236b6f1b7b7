import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { fail } from '../errors.js';

/**
 * A decoded BSON value.
 *
 * Numbers: a JavaScript number that is an integer in the int32 range is an int32; any other JavaScript number is a double.
 * A double whose value happens to be such an integer is kept as `Double`, so the two types survive a round trip.
 * int64 is always `Long`, decimal128 always `Decimal128`. `undefined` means "missing", never a stored value.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Date
  | Long
  | Double
  | Decimal128
  | ObjectId
  | Binary
  | Timestamp
  | BSONRegExp
  | BSONSymbol
  | Code
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

export interface Doc {
  [field: string]: Value;
}

export type Numeric = number | Long | Double | Decimal128;

/** Place of each BSON type in the cross-type order. Zero is free: index keys use it as a terminator. */
export const Rank = {
  MinKey: 1,
  Undefined: 2,
  Null: 5,
  Number: 10,
  String: 15,
  Object: 20,
  Array: 25,
  Binary: 30,
  ObjectId: 35,
  Boolean: 40,
  Date: 45,
  Timestamp: 47,
  Regex: 50,
  Code: 60,
  MaxKey: 127,
} as const;

export function rankOf(v: Value): number {
  switch (typeof v) {
    case 'number':
      return Rank.Number;
    case 'string':
      return Rank.String;
    case 'boolean':
      return Rank.Boolean;
    case 'undefined':
      return Rank.Undefined;
    default:
      return rankOfObject(v);
  }
}

function rankOfObject(v: Exclude<Value, undefined | number | string | boolean>): number {
  if (v === null) return Rank.Null;
  if (isDoc(v)) return Rank.Object;
  if (Array.isArray(v)) return Rank.Array;
  if (v instanceof ObjectId) return Rank.ObjectId;
  if (v instanceof Date) return Rank.Date;
  // Timestamp extends Long, so it comes first.
  if (v instanceof Timestamp) return Rank.Timestamp;
  if (v instanceof Long || v instanceof Double || v instanceof Decimal128) return Rank.Number;
  if (v instanceof Binary) return Rank.Binary;
  if (v instanceof BSONRegExp) return Rank.Regex;
  if (v instanceof BSONSymbol) return Rank.String;
  if (v instanceof Code) return Rank.Code;
  return v instanceof MinKey ? Rank.MinKey : Rank.MaxKey;
}

/** Documents are plain objects; a stored field called `_bsontype` must not be able to imitate a BSON class. */
export function isDoc(v: unknown): v is Doc {
  return typeof v === 'object' && v !== null && Object.getPrototypeOf(v) === Object.prototype;
}

export function isNumeric(v: Value): v is Numeric {
  return typeof v === 'number' || isLong(v) || v instanceof Double || v instanceof Decimal128;
}

export function isLong(v: Value): v is Long {
  return v instanceof Long && !(v instanceof Timestamp);
}

export function isNil(v: Value): v is null | undefined {
  return v === null || v === undefined;
}

export function isInt32(n: number): boolean {
  return (n | 0) === n && !Object.is(n, -0);
}

/** A double result, kept apart from int32 when it is integral. */
export function double(n: number): number | Double {
  return isInt32(n) ? new Double(n) : n;
}

/** An integer result: int32 when it fits, else int64. */
export function integer(n: number): number | Long {
  return isInt32(n) ? n : Long.fromNumber(n);
}

export function toNumber(v: Value): number {
  if (typeof v === 'number') return v;
  if (v instanceof Double) return v.value;
  if (v instanceof Long) return v.toNumber();
  if (v instanceof Decimal128) return Number(v.toString());
  return NaN;
}

/** Reads an optional numeric option. */
export function numberOr(v: Value, fallback: number): number {
  return isNumeric(v) ? toNumber(v) : fallback;
}

/** Reads a string that a command or definition must have. */
export function expectString(v: Value, what: string): string {
  return typeof v === 'string' ? v : fail(14, `${what} must be a string`);
}

export function hasField(o: Doc, k: string): boolean {
  return Object.prototype.hasOwnProperty.call(o, k);
}

/** Own field of a document; an inherited member such as `toString` is not a field. */
export function getField(o: Doc, k: string): Value {
  return hasField(o, k) ? o[k] : undefined;
}

/** Plain assignment to `__proto__` would change the prototype instead of adding a field. */
export function setField(o: Doc, k: string, v: Value): void {
  if (k === '__proto__') Object.defineProperty(o, k, { value: v, writable: true, enumerable: true, configurable: true });
  else o[k] = v;
}

/** Copies documents and arrays; scalar wrappers are treated as immutable everywhere. */
export function clone<T extends Value>(v: T): T;
export function clone(v: Value): Value {
  if (Array.isArray(v)) return v.map((e) => clone(e));
  if (!isDoc(v)) return v;
  const o: Doc = {};
  for (const k of Object.keys(v)) setField(o, k, clone(v[k]));
  return o;
}

/** Copy of a document with `_id` as its first field. */
export function idFirst(d: Doc): Doc {
  const out: Doc = { _id: d['_id'] };
  for (const k of Object.keys(d)) if (k !== '_id') setField(out, k, d[k]);
  return out;
}

export function binaryBytes(v: Binary): Uint8Array {
  return v.buffer.subarray(0, v.position);
}

/** Truth as expressions, `$exists` and flags see it: false, null, missing and zero are false. */
export function truthy(v: Value): boolean {
  return !(v === false || v === null || v === undefined || v === 0 || (isNumeric(v) && toNumber(v) === 0));
}
