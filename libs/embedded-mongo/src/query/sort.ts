import type { Collation } from '../bson/collation.js';
import { compare } from '../bson/compare.js';
import { indexKey, invert } from '../bson/index-key.js';
import { isDoc, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { walk } from './path.js';

export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

export function parseSort(spec: Value): SortField[] {
  if (!isDoc(spec)) fail(14, 'Expected field sort to be of type object');
  return Object.keys(spec).map((path) => {
    const d = spec[path];
    if (isDoc(d) && '$meta' in d) unsupported('sort by $meta');
    const direction = isNumeric(d) ? toNumber(d) : NaN;
    if (direction !== 1 && direction !== -1) fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path, parts: path.split('.'), direction };
  });
}

/** The value a document sorts by: of an array the smallest element ascending, the largest descending; `[]` sorts below null. */
export function sortValue(doc: Value, field: SortField, collation?: Collation): Value {
  let best: Value = null;
  let any = false;
  const consider = (x: Value): void => {
    if (!any || compare(x, best, collation) * field.direction < 0) {
      best = x;
      any = true;
    }
  };
  walk(doc, field.parts, 0, (v) => {
    if (!Array.isArray(v)) consider(v ?? null);
    else if (v.length === 0) consider(undefined);
    else for (const e of v) consider(e ?? null);
    return false;
  });
  return best;
}

function sortKey(doc: Value, fields: readonly SortField[]): string {
  let key = '';
  for (const f of fields) {
    const part = indexKey(sortValue(doc, f));
    key += f.direction === 1 ? part : invert(part);
  }
  return key;
}

/** Stable sort. Without a collation each document gets one string whose order is the wanted order. */
export function sortBy<T>(items: readonly T[], fields: readonly SortField[], docOf: (item: T) => Value, collation?: Collation): T[] {
  if (!collation) {
    const keyed = items.map((item) => ({ item, key: sortKey(docOf(item), fields) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.map((x) => x.item);
  }
  const keyed = items.map((item) => ({ item, values: fields.map((f) => sortValue(docOf(item), f, collation)) }));
  keyed.sort((a, b) => {
    for (const [i, f] of fields.entries()) {
      const c = compare(a.values[i], b.values[i], collation);
      if (c !== 0) return c * f.direction;
    }
    return 0;
  });
  return keyed.map((x) => x.item);
}

export function sortDocs(docs: readonly Doc[], spec: Value, collation?: Collation): Doc[] {
  return sortBy(docs, parseSort(spec), (d) => d, collation);
}
