import { Binary, BSONRegExp, BSONSymbol, Code, Double, ObjectId, Timestamp } from 'bson';
import type { Collation } from './collation.js';
import { compareExact, exact, subtractExact, type Exact } from './decimal.js';
import { binaryBytes, isDoc, isLong, isNumeric, rankOf, toNumber, type Numeric, type Value } from './value.js';

/*
 * Values as strings of byte-sized characters whose plain `<` order is the BSON order, and which are equal exactly for
 * equal values. Every encoded value is prefix-free, so the encodings of several fields can simply be joined.
 */

const floatView = new DataView(new ArrayBuffer(8));
const TERMINATOR = '\0';
/** Exponents of decimals are made positive by this before they are written. */
const EXPONENT_BIAS = 20_000;
/** Lower than any decimal128, to measure numbers that lie below the smallest double. */
const BELOW_EVERYTHING: Exact = { c: -1n, e: 6_200 };

/** Encodes a value; a collation folds strings first, and then only equality is meaningful. */
export function indexKey(v: Value, collation?: Collation): string {
  const rank = String.fromCharCode(rankOf(v));
  switch (typeof v) {
    case 'string':
      return rank + text(collation ? collation.fold(v) : v);
    case 'number':
      return rank + number(v);
    case 'boolean':
      return rank + (v ? '\x02' : '\x01');
    case 'undefined':
      return rank;
    default:
      return objectKey(rank, v, collation);
  }
}

function objectKey(rank: string, v: Exclude<Value, undefined | string | number | boolean>, collation?: Collation): string {
  if (v === null) return rank;
  if (v instanceof ObjectId) return rank + latin1(v.id);
  if (v instanceof Date) return rank + doubleBits(v.getTime());
  if (isDoc(v)) {
    let s = rank;
    for (const k of Object.keys(v)) s += String.fromCharCode(rankOf(v[k])) + text(k) + indexKey(v[k], collation);
    return s + TERMINATOR;
  }
  if (Array.isArray(v)) {
    let s = rank;
    for (const e of v) s += indexKey(e, collation);
    return s + TERMINATOR;
  }
  return rank + (isNumeric(v) ? number(v) : wrapper(v));
}

function wrapper(v: Value): string {
  if (v instanceof Binary) {
    const bytes = binaryBytes(v);
    return base128(bytes.length, 5) + String.fromCharCode(v.sub_type) + latin1(bytes);
  }
  if (v instanceof Timestamp) return uint32(v.t) + uint32(v.i);
  if (v instanceof BSONRegExp) return text(v.pattern) + text(v.options);
  if (v instanceof Code) return text(v.code);
  return v instanceof BSONSymbol ? text(v.value) : '';
}

/** The value that a descending index field stores: the order of its characters turned round. */
export function invert(key: string): string {
  let s = '';
  for (let i = 0; i < key.length; i++) s += String.fromCharCode(255 - key.charCodeAt(i));
  return s;
}

/** First character of every value of the same type: range queries never leave it. */
export function typePrefix(v: Value): string {
  return String.fromCharCode(rankOf(v));
}

const NEEDS_CARE = /[\x00\x01\x80-\uffff]/;

/** UTF-8 bytes with 0 and 1 escaped, so that the terminator sorts before every continuation. */
function text(s: string): string {
  if (!NEEDS_CARE.test(s)) return s + TERMINATOR;
  const bytes = Buffer.from(s, 'utf8').toString('latin1');
  return bytes.replace(/[\x00\x01]/g, (c) => (c === '\0' ? '\x01\x01' : '\x01\x02')) + TERMINATOR;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function uint32(n: number): string {
  return String.fromCharCode(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
}

/** A non-negative integer in a fixed number of base-128 digits; no digit reaches 0x80. */
export function base128(n: number, digits: number): string {
  let s = '';
  for (let i = 0; i < digits; i++) {
    s = String.fromCharCode(n % 128) + s;
    n = Math.floor(n / 128);
  }
  return s;
}

/** The eight bytes of a double, arranged so that their order is the numeric order and NaN is lowest. */
function doubleBits(n: number): string {
  if (Number.isNaN(n)) return '\0\0\0\0\0\0\0\0';
  floatView.setFloat64(0, n === 0 ? 0 : n);
  let high = floatView.getUint32(0);
  let low = floatView.getUint32(4);
  if (high >>> 31 === 1) {
    high = ~high >>> 0;
    low = ~low >>> 0;
  } else high = (high | 0x80000000) >>> 0;
  return uint32(high) + uint32(low);
}

function number(v: Numeric): string {
  if (typeof v === 'number' || v instanceof Double) return doubleBits(toNumber(v)) + TERMINATOR;
  const approximate = toNumber(v);
  if (isLong(v) && Number.isSafeInteger(approximate)) return doubleBits(approximate) + TERMINATOR;
  return exactKey(exact(v), approximate);
}

/** Largest double not above the number, followed by what is missing to the exact value. */
function exactKey(x: Exact, approximate: number): string {
  if (x.special !== undefined) return doubleBits(approximate) + TERMINATOR;
  const floor = compareExact(exact(approximate), x) > 0 ? nextBelow(approximate) : approximate;
  const base = floor === -Infinity ? BELOW_EVERYTHING : exact(floor);
  const rest = subtractExact(x, base);
  if (rest.c === 0n) return doubleBits(floor) + TERMINATOR;
  const digits = rest.c.toString().replace(/0+$/, '');
  const exponent = rest.e + rest.c.toString().length;
  return `${doubleBits(floor)}\x01${base128(exponent + EXPONENT_BIAS, 3)}${digits}${TERMINATOR}`;
}

function nextBelow(n: number): number {
  if (n === 0) return -Number.MIN_VALUE;
  floatView.setFloat64(0, n);
  const bits = floatView.getBigInt64(0);
  floatView.setBigInt64(0, n > 0 ? bits - 1n : bits + 1n);
  return floatView.getFloat64(0);
}
