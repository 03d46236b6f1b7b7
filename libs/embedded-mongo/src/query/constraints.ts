import { BSONRegExp } from 'bson';
import { getField, hasField, isDoc, setField, type Doc, type Value } from '../bson/value.js';
import { isOperatorDoc } from './match.js';
import type { RangeOperator } from './predicates.js';

/** What a filter demands of one path, as far as an index can use it. Every part is a necessary condition. */
export interface Constraint {
  eq?: Value;
  hasEq: boolean;
  in?: readonly Value[];
  ranges: [RangeOperator, Value][];
}

const RANGES = new Set<string>(['$gt', '$gte', '$lt', '$lte']);

function entry(into: Map<string, Constraint>, path: string): Constraint {
  let c = into.get(path);
  if (!c) into.set(path, (c = { hasEq: false, ranges: [] }));
  return c;
}

function setEq(into: Map<string, Constraint>, path: string, value: Value): void {
  const c = entry(into, path);
  c.eq = value;
  c.hasEq = true;
}

/** Collects the conditions that hold for every match: top-level fields and those inside `$and`. */
export function constraintsOf(filter: Doc, into = new Map<string, Constraint>()): Map<string, Constraint> {
  for (const k of Object.keys(filter)) {
    const v = filter[k];
    if (k === '$and' && Array.isArray(v)) for (const f of v) constraintsOf(f as Doc, into);
    else if (k === '$or' && Array.isArray(v) && v.length === 1) constraintsOf(v[0] as Doc, into);
    else if (!k.startsWith('$') && !(v instanceof BSONRegExp)) {
      if (isOperatorDoc(v)) operatorConstraints(k, v, into);
      else setEq(into, k, v);
    }
  }
  return into;
}

function operatorConstraints(path: string, v: Doc, into: Map<string, Constraint>): void {
  if (hasField(v, '$eq') && !(v['$eq'] instanceof BSONRegExp)) setEq(into, path, v['$eq']);
  const values = getField(v, '$in');
  if (Array.isArray(values) && !values.some((x) => x instanceof BSONRegExp)) {
    if (values.length === 1) setEq(into, path, values[0]);
    else entry(into, path).in = values;
  }
  const all = getField(v, '$all');
  if (Array.isArray(all) && all.length === 1 && !isOperatorDoc(all[0]) && !(all[0] instanceof BSONRegExp)) setEq(into, path, all[0]);
  for (const k of Object.keys(v)) if (RANGES.has(k)) entry(into, path).ranges.push([k as RangeOperator, v[k]]);
}

/** Every path a filter names, however it is combined. */
export function pathsOf(filter: Doc): string[] {
  const paths = new Set<string>();
  for (const k of Object.keys(filter)) {
    const v = filter[k];
    if (!k.startsWith('$')) paths.add(k);
    else if (Array.isArray(v)) for (const f of v) if (isDoc(f)) for (const path of pathsOf(f)) paths.add(path);
  }
  return [...paths];
}

/** Whether `pathsOf` is all that a filter looks at. A schema or an expression may look at more. */
export function namesItsPaths(filter: Doc): boolean {
  return Object.keys(filter).every((k) => {
    const v = filter[k];
    return !k.startsWith('$') || (Array.isArray(v) && v.every((f) => isDoc(f) && namesItsPaths(f)));
  });
}

/** The equalities of a filter as path and value: what an upsert starts from. */
export function equalitiesOf(filter: Doc): [string, Value][] {
  const out: [string, Value][] = [];
  for (const [path, c] of constraintsOf(filter)) if (c.hasEq) out.push([path, c.eq]);
  return out;
}

/** A document that has exactly the given paths. */
export function docFromPaths(entries: readonly (readonly [string, Value])[]): Doc {
  const out: Doc = {};
  for (const [path, value] of entries) {
    const parts = path.split('.');
    const last = parts.pop() as string;
    let o = out;
    for (const p of parts) {
      const next = getField(o, p);
      if (isDoc(next)) o = next;
      else {
        const created: Doc = {};
        setField(o, p, created);
        o = created;
      }
    }
    setField(o, last, value);
  }
  return out;
}
