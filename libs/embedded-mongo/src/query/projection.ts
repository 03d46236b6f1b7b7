import { hasField, isDoc, isNumeric, setField, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { compileElemMatch, isOperatorDoc, type MatchContext } from './match.js';
import { setComputed } from './path.js';
import { positionalIndex } from './positional.js';
import type { ValueTest } from './predicates.js';

export type Projection = (doc: Doc) => Doc;

export interface ProjectionOptions {
  /** `find` allows `$slice`, `$elemMatch` and `.$`; the `$project` stage has none of them. */
  readonly find: boolean;
  readonly filter?: Doc;
  readonly match: MatchContext;
  readonly compileExpression: (e: Value) => (doc: Doc) => Value;
}

interface Tree {
  [field: string]: true | Tree;
}

interface Parsed {
  mode: 'include' | 'exclude' | null;
  includes: string[];
  excludes: string[];
  computed: [string[], (doc: Doc) => Value][];
  computedPaths: string[];
  slices: [string, Value][];
  elemMatches: [string, ValueTest][];
  positional: string | null;
}

/** Compiles a projection; null when it keeps everything. */
export function compileProjection(spec: Doc, options: ProjectionOptions): Projection | null {
  const leaves = flatten(spec, '');
  if (leaves.length === 0) return null;
  const parsed: Parsed = {
    mode: null,
    includes: [],
    excludes: [],
    computed: [],
    computedPaths: [],
    slices: [],
    elemMatches: [],
    positional: null,
  };
  for (const [path, v] of leaves) classify(path, v, parsed, options);
  checkCollisions([...parsed.includes, ...parsed.excludes, ...parsed.computedPaths]);
  return assemble(parsed, options);
}

function flatten(spec: Doc, prefix: string): [string, Value][] {
  return Object.keys(spec).flatMap((k): [string, Value][] => {
    const v = spec[k];
    if (!isDoc(v) || isOperatorDoc(v)) return [[prefix + k, v]];
    if (Object.keys(v).length === 0) fail(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    return flatten(v, `${prefix}${k}.`);
  });
}

function setMode(parsed: Parsed, mode: 'include' | 'exclude', path: string): void {
  if (parsed.mode !== null && parsed.mode !== mode) {
    const [wanted, found] = mode === 'include' ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion'];
    fail(mode === 'include' ? 31253 : 31254, `Cannot do ${wanted} on field ${path} in ${found} projection`);
  }
  parsed.mode = mode;
}

function classify(path: string, v: Value, parsed: Parsed, options: ProjectionOptions): void {
  const flag = typeof v === 'boolean' ? v : isNumeric(v) ? toNumber(v) !== 0 : null;
  if (flag === false) {
    if (path !== '_id') setMode(parsed, 'exclude', path);
    parsed.excludes.push(path);
  } else if (flag === true) {
    const positional = options.find && path.endsWith('.$');
    const target = positional ? path.slice(0, -2) : path;
    if (positional) parsed.positional = target;
    if (path !== '_id') setMode(parsed, 'include', path);
    parsed.includes.push(target);
  } else if (options.find && isDoc(v) && isSlice(v['$slice'])) parsed.slices.push([path, v['$slice']]);
  else if (options.find && isDoc(v) && '$elemMatch' in v) {
    setMode(parsed, 'include', path);
    parsed.elemMatches.push([path, compileElemMatch(v['$elemMatch'], options.match)]);
  } else if (isDoc(v) && '$meta' in v) unsupported('projection $meta');
  else {
    if (path !== '_id') setMode(parsed, 'include', path);
    parsed.computed.push([path.split('.'), options.compileExpression(v)]);
    parsed.computedPaths.push(path);
  }
}

function isSlice(v: Value): boolean {
  return isNumeric(v) || (Array.isArray(v) && v.length === 2 && v.every(isNumeric));
}

function checkCollisions(paths: readonly string[]): void {
  paths.forEach((a, i) => {
    for (const b of paths.slice(0, i)) {
      if (a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)) fail(31249, `Path collision at ${a}`);
    }
  });
}

function assemble(parsed: Parsed, options: ProjectionOptions): Projection {
  const idExcluded = parsed.excludes.includes('_id');
  const mode = parsed.mode ?? (parsed.includes.length > 0 || parsed.computed.length > 0 ? 'include' : 'exclude');
  const tree: Tree = {};
  if (mode === 'include') {
    for (const p of [...parsed.includes, ...parsed.slices.map(([s]) => s)]) put(tree, p);
    if (!idExcluded && !parsed.computedPaths.includes('_id')) put(tree, '_id');
  } else for (const p of parsed.excludes) put(tree, p);
  const extras = steps(parsed, options);
  const base = mode === 'include' ? include : exclude;
  return (doc) => {
    const out = base(doc, tree) as Doc;
    for (const step of extras) step(out, doc);
    return out;
  };
}

/** What is done after inclusion or exclusion, in this order: slices, matched elements, the positional element, expressions. */
function steps(parsed: Parsed, options: ProjectionOptions): ((out: Doc, doc: Doc) => void)[] {
  const out: ((out: Doc, doc: Doc) => void)[] = [];
  for (const [path, n] of parsed.slices) out.push((o) => mapPath(o, path.split('.'), 0, (a) => sliceOf(a, n)));
  for (const [path, test] of parsed.elemMatches) {
    out.push((o, doc) => {
      const found = Array.isArray(doc[path]) ? doc[path].find(test) : undefined;
      if (found !== undefined) setField(o, path, [found]);
    });
  }
  const positional = parsed.positional;
  if (positional !== null) {
    out.push((o, doc) => {
      const i = positionalIndex(doc, options.filter ?? {}, positional, options.match);
      if (i < 0) fail(51246, "positional operator '.$' couldn't find a matching element in the array");
      mapPath(o, positional.split('.'), 0, (a) => a.slice(i, i + 1));
    });
  }
  for (const [parts, evaluate] of parsed.computed) out.push((o, doc) => void setComputed(o, parts, evaluate(doc)));
  return out;
}

function put(tree: Tree, path: string): void {
  const parts = path.split('.');
  const last = parts.pop() as string;
  let t = tree;
  for (const p of parts) {
    const next = t[p];
    if (next !== undefined && next !== true) t = next;
    else t = t[p] = {};
  }
  t[last] ??= true;
}

function subtree(tree: Tree, k: string): true | Tree | undefined {
  return Object.prototype.hasOwnProperty.call(tree, k) ? tree[k] : undefined;
}

function include(v: Doc | Value[], tree: Tree): Doc | Value[] {
  if (Array.isArray(v)) return v.filter((e) => isDoc(e) || Array.isArray(e)).map((e) => include(e, tree));
  const out: Doc = {};
  for (const k of Object.keys(v)) {
    const sub = subtree(tree, k);
    if (sub === undefined) continue;
    const x = v[k];
    if (sub === true) setField(out, k, x);
    else if (isDoc(x) || Array.isArray(x)) setField(out, k, include(x, sub));
  }
  return out;
}

function exclude(v: Doc | Value[], tree: Tree): Doc | Value[] {
  if (Array.isArray(v)) return v.map((e) => (isDoc(e) || Array.isArray(e) ? exclude(e, tree) : e));
  const out: Doc = {};
  for (const k of Object.keys(v)) {
    const sub = subtree(tree, k);
    if (sub === true) continue;
    const x = v[k];
    setField(out, k, sub !== undefined && (isDoc(x) || Array.isArray(x)) ? exclude(x, sub) : x);
  }
  return out;
}

function sliceOf(a: Value[], n: Value): Value[] {
  if (Array.isArray(n)) {
    const skip = toNumber(n[0]);
    const start = skip < 0 ? Math.max(0, a.length + skip) : skip;
    return a.slice(start, start + toNumber(n[1]));
  }
  const count = toNumber(n);
  return count >= 0 ? a.slice(0, count) : a.slice(count);
}

/** Replaces the array at a path, copying the documents on the way: they may be shared with the store. */
function mapPath(o: Value, parts: readonly string[], i: number, change: (a: Value[]) => Value[]): void {
  if (Array.isArray(o)) {
    for (const e of o) mapPath(e, parts, i, change);
    return;
  }
  const part = parts[i] as string;
  if (!isDoc(o) || !hasField(o, part)) return;
  const v = o[part];
  if (i === parts.length - 1) {
    if (Array.isArray(v)) setField(o, part, change(v));
    return;
  }
  const copy = Array.isArray(v) ? v.map((e) => (isDoc(e) ? { ...e } : e)) : isDoc(v) ? { ...v } : v;
  setField(o, part, copy);
  mapPath(copy, parts, i + 1, change);
}
