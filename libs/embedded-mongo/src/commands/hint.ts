import { isDoc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import type { Collection } from '../store/collection.js';

/** A hint never changes a result here, but it must name an index that exists. */
export function checkHint(c: Collection | undefined, hint: Value): void {
  if (hint === undefined || hint === null || !c || (isDoc(hint) && (Object.keys(hint).length === 0 || '$natural' in hint))) return;
  for (const ix of c.indexes.values()) {
    if (typeof hint === 'string' ? ix.name === hint : JSON.stringify(ix.spec['key']) === JSON.stringify(hint)) return;
  }
  fail(
    2,
    `error processing query: ns=${c.ns} planner returned error :: caused by :: hint provided does not correspond to an existing index`,
  );
}
