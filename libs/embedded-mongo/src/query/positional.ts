import { isDoc, type Doc, type Value } from '../bson/value.js';
import { compileElemMatch, compileMatch, type MatchContext } from './match.js';
import { ARRAY_INDEX, walk } from './path.js';
import type { ValueTest } from './predicates.js';

/** Index of the array element at `path` that the query matched; -1 when the query says nothing about the array. */
export function positionalIndex(doc: Doc, filter: Doc, path: string, ctx: MatchContext): number {
  let array: readonly Value[] | undefined;
  walk(doc, path.split('.'), 0, (v) => {
    if (!Array.isArray(v)) return false;
    array = v;
    return true;
  });
  const conditions = elementConditions(filter, path, ctx);
  const last = conditions.at(-1);
  if (array === undefined || last === undefined) return -1;
  const both = array.findIndex((e) => conditions.every((c) => c(e)));
  return both >= 0 ? both : array.findIndex(last);
}

function elementConditions(filter: Doc, path: string, ctx: MatchContext): ValueTest[] {
  return Object.keys(filter).flatMap((k): ValueTest[] => {
    const v = filter[k];
    if ((k === '$and' || k === '$or') && Array.isArray(v)) return v.flatMap((f) => (isDoc(f) ? elementConditions(f, path, ctx) : []));
    if (k === path) {
      if (isDoc(v) && '$elemMatch' in v) return [compileElemMatch(v['$elemMatch'], ctx)];
      const test = compileMatch({ v }, ctx);
      return [(e) => test({ v: e })];
    }
    const rest = k.startsWith(`${path}.`) ? k.slice(path.length + 1) : null;
    if (rest === null || ARRAY_INDEX.test(rest.split('.')[0] ?? '')) return [];
    const test = compileMatch({ [rest]: v }, ctx);
    return [(e) => isDoc(e) && test(e)];
  });
}
