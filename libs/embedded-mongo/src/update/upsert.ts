import { clone, getField, hasField, isDoc, setField, type Doc } from '../bson/value.js';
import { fail } from '../errors.js';
import { equalitiesOf } from '../query/constraints.js';

/** The document an upsert starts from: the equalities of the filter. */
export function upsertSeed(filter: Doc): Doc {
  const seed: Doc = {};
  for (const [path, value] of equalitiesOf(filter)) {
    const parts = path.split('.');
    const last = parts.pop() as string;
    let at = seed;
    for (const p of parts) {
      if (!hasField(at, p)) setField(at, p, {});
      const next = getField(at, p);
      if (!isDoc(next)) fail(54, `cannot infer query fields to set, path '${path}' is matched twice`);
      at = next;
    }
    if (hasField(at, last)) fail(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    setField(at, last, clone(value));
  }
  return seed;
}
