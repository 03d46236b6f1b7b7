import { Binary, BSONRegExp, BSONSymbol, Code, Double, ObjectId, Timestamp } from 'bson';
import type { Collation } from './collation.js';
import { compareExact, exact } from './decimal.js';
import { binaryBytes, isDoc, isLong, isNumeric, Rank, rankOf, type Doc, type Numeric, type Value } from './value.js';

/** Total order of BSON values, as sorting, ranges and `$min`/`$max` use it. */
export function compare(a: Value, b: Value, collation?: Collation): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (rank === Rank.String) return compareStrings(stringOf(a), stringOf(b), collation);
  if (isDoc(a) && isDoc(b)) return compareDocs(a, b, collation);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, collation);
  return compareScalars(a, b);
}

export function equal(a: Value, b: Value, collation?: Collation): boolean {
  return compare(a, b, collation) === 0;
}

/** A symbol counts as the string it holds. */
function stringOf(v: Value): string {
  return v instanceof BSONSymbol ? v.value : typeof v === 'string' ? v : '';
}

function compareDoubles(a: number, b: number): number {
  if (a === b) return 0;
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

function compareNumbers(a: Numeric, b: Numeric): number {
  const x = a instanceof Double ? a.value : a;
  const y = b instanceof Double ? b.value : b;
  if (typeof x === 'number' && typeof y === 'number') return compareDoubles(x, y);
  if (isLong(x) && isLong(y)) return x.compare(y);
  return compareExact(exact(x), exact(y));
}

const SURROGATE = /[\ud800-\udfff]/;

/** Strings are ordered by their UTF-8 bytes; UTF-16 order differs only where surrogates appear. */
function compareStrings(a: string, b: string, collation?: Collation): number {
  if (a === b) return 0;
  if (collation) return collation.compare(a, b);
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

function compareDocs(a: Doc, b: Doc, collation?: Collation): number {
  const ka = Object.keys(a);
  const kb = Object.keys(b);
  const n = Math.min(ka.length, kb.length);
  for (let i = 0; i < n; i++) {
    const fa = ka[i] as string;
    const fb = kb[i] as string;
    const c = rankOf(a[fa]) - rankOf(b[fb]) || compareStrings(fa, fb) || compare(a[fa], b[fb], collation);
    if (c !== 0) return c;
  }
  return ka.length - kb.length;
}

function compareArrays(a: readonly Value[], b: readonly Value[], collation?: Collation): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const c = compare(a[i], b[i], collation);
    if (c !== 0) return c;
  }
  return a.length - b.length;
}

function plainOrder(a: string | number | bigint, b: string | number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareScalars(a: Value, b: Value): number {
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return plainOrder(a.getTime(), b.getTime());
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (a instanceof Timestamp && b instanceof Timestamp) return plainOrder(a.toBigInt(), b.toBigInt());
  if (a instanceof Binary && b instanceof Binary) {
    const x = binaryBytes(a);
    const y = binaryBytes(b);
    return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
  }
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) return plainOrder(a.pattern, b.pattern) || plainOrder(a.options, b.options);
  if (a instanceof Code && b instanceof Code) return plainOrder(a.code, b.code);
  return 0;
}
