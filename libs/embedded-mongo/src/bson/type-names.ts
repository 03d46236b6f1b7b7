import { BSONSymbol, Decimal128, Double } from 'bson';
import { fail, show } from '../errors.js';
import { isInt32, isLong, isNumeric, Rank, rankOf, toNumber, type Value } from './value.js';

const NAMES = new Map<number, string>([
  [Rank.MinKey, 'minKey'],
  [Rank.Undefined, 'missing'],
  [Rank.Null, 'null'],
  [Rank.Object, 'object'],
  [Rank.Array, 'array'],
  [Rank.Binary, 'binData'],
  [Rank.ObjectId, 'objectId'],
  [Rank.Boolean, 'bool'],
  [Rank.Date, 'date'],
  [Rank.Timestamp, 'timestamp'],
  [Rank.Regex, 'regex'],
  [Rank.Code, 'javascript'],
  [Rank.MaxKey, 'maxKey'],
]);

const ALIASES: ReadonlyMap<number, string> = new Map([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [6, 'undefined'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [13, 'javascript'],
  [14, 'symbol'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
]);
const ALIAS_NAMES = new Set(ALIASES.values());

/** Name of a value's BSON type, as the `$type` expression gives it. */
export function typeName(v: Value): string {
  if (typeof v === 'number') return isInt32(v) ? 'int' : 'double';
  if (typeof v === 'string') return 'string';
  if (v instanceof Double) return 'double';
  if (v instanceof Decimal128) return 'decimal';
  if (isLong(v)) return 'long';
  if (v instanceof BSONSymbol) return 'symbol';
  return NAMES.get(rankOf(v)) ?? 'unknown';
}

/** Type name for the number or alias a query gives to `$type`. */
export function parseTypeAlias(t: Value): string {
  if (isNumeric(t)) return ALIASES.get(toNumber(t)) ?? fail(2, `Invalid numerical type code: ${toNumber(t)}`);
  if (typeof t !== 'string') fail(2, `type must be represented as a number or a string, found ${show(t)}`);
  if (t !== 'number' && !ALIAS_NAMES.has(t)) fail(2, `Unknown type name alias: ${t}`);
  return t;
}

export function hasType(v: Value, alias: string): boolean {
  return alias === 'number' ? isNumeric(v) : typeName(v) === alias;
}
