import { BSONRegExp, Long } from 'bson';
import { indexKey } from '../bson/index-key.js';
import { isDoc, isNumeric, setField, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import type { Evaluate } from '../expr/scope.js';
import { compileMatch } from '../query/match.js';
import { expressionPath, setComputed, walk } from '../query/path.js';
import { matchContext, type Foreign, type PipelineEnv, type Stage } from './environment.js';
import type { StageCompiler } from './pipeline.js';

type Compile = (pipeline: Value, env: PipelineEnv) => Stage;

function text(v: Value, what: string): string {
  return typeof v === 'string' ? v : fail(9, `${what} must be a string, found ${show(v)}`);
}

function checkOptions(arg: Value, name: string, known: readonly string[]): Doc {
  if (!isDoc(arg)) fail(9, `the ${name} stage specification must be an object`);
  const unknown = Object.keys(arg).find((k) => !known.includes(k));
  return unknown === undefined ? arg : fail(9, `unknown argument to ${name}: ${unknown}`);
}

/** Finds documents whose field equals a value, by index or by a table built once. */
function equalityJoin(foreign: Foreign, field: string): (v: Value) => Doc[] {
  if (foreign.hasIndex(field)) {
    return (v) => foreign.find({ [field]: v instanceof BSONRegExp ? { $in: [v] } : { $eq: v } });
  }
  let table: Map<string, Doc[]> | null = null;
  return (v) => {
    table ??= joinTable(foreign.all(), field);
    return table.get(indexKey(v)) ?? [];
  };
}

function joinTable(docs: readonly Doc[], field: string): Map<string, Doc[]> {
  const table = new Map<string, Doc[]>();
  const parts = field.split('.');
  for (const d of docs) {
    const keys = new Set<string>();
    walk(d, parts, 0, (v) => {
      if (Array.isArray(v)) for (const e of v) keys.add(indexKey(e ?? null));
      keys.add(indexKey(v ?? null));
      return false;
    });
    for (const k of keys) {
      const list = table.get(k);
      if (list) list.push(d);
      else table.set(k, [d]);
    }
  }
  return table;
}

function joined(find: (v: Value) => Doc[], local: Value): Doc[] {
  if (!Array.isArray(local)) return find(local ?? null);
  const out = new Set<Doc>();
  for (const v of local) for (const d of find(v ?? null)) out.add(d);
  return [...out];
}

export function lookup(arg: Value, env: PipelineEnv, compile: Compile): Stage {
  const spec = checkOptions(arg, '$lookup', ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as']);
  const as = text(spec['as'], "$lookup 'as'").split('.');
  const byField = spec['localField'] !== undefined || spec['foreignField'] !== undefined;
  if (!byField && spec['pipeline'] === undefined) fail(9, "$lookup requires either 'pipeline' or both 'localField' and 'foreignField'");
  const local = byField ? text(spec['localField'], "$lookup 'localField'").split('.') : [];
  const foreign = env.foreign(spec['from'] === undefined ? '' : text(spec['from'], "$lookup 'from'"));
  const find = byField ? equalityJoin(foreign, text(spec['foreignField'], "$lookup 'foreignField'")) : null;
  const sub = spec['pipeline'] === undefined ? null : subPipeline(spec, env, compile);
  let all: Doc[] | null = null;
  return (docs) =>
    docs.map((d) => {
      const source = find ? joined(find, expressionPath(d, local)) : (all ??= foreign.all());
      return setComputed({ ...d }, as, sub ? sub(source, d) : source);
    });
}

/** The inner pipeline with its `let` variables set from the outer document. */
function subPipeline(spec: Doc, env: PipelineEnv, compile: Compile): (source: Doc[], outer: Doc) => Doc[] {
  const let_ = isDoc(spec['let']) ? spec['let'] : {};
  const names = Object.keys(let_);
  const values = names.map((n) => env.scope.compile(let_[n]));
  const { scope, cells } = env.scope.extend(names);
  const run = compile(spec['pipeline'], { ...env, scope, foreign: (n) => env.foreign(n), checkTime: () => env.checkTime() });
  return (source, outer) => {
    cells.forEach((cell, i) => {
      cell.value = values[i]?.(outer) ?? null;
    });
    return run(source);
  };
}

export function unionWith(arg: Value, env: PipelineEnv, compile: Compile): Stage {
  const spec = typeof arg === 'string' ? { coll: arg } : checkOptions(arg, '$unionWith', ['coll', 'pipeline']);
  const run = compile(spec['pipeline'] ?? [], env);
  const coll = spec['coll'];
  return (docs) => docs.concat(run(coll === undefined ? [] : env.foreign(text(coll, "$unionWith 'coll'")).all()));
}

export const graphLookup: StageCompiler = (arg, env) => {
  const spec = checkOptions(arg, '$graphLookup', [
    'from',
    'startWith',
    'connectFromField',
    'connectToField',
    'as',
    'maxDepth',
    'depthField',
    'restrictSearchWithMatch',
  ]);
  const start: Evaluate = env.scope.compile(spec['startWith']);
  const from = text(spec['connectFromField'], "$graphLookup 'connectFromField'").split('.');
  const find = equalityJoin(
    env.foreign(text(spec['from'], "$graphLookup 'from'")),
    text(spec['connectToField'], "$graphLookup 'connectToField'"),
  );
  const as = text(spec['as'], "$graphLookup 'as'").split('.');
  const maxDepth = isNumeric(spec['maxDepth']) ? toNumber(spec['maxDepth']) : Infinity;
  const depthField = spec['depthField'];
  const restrict = isDoc(spec['restrictSearchWithMatch']) ? compileMatch(spec['restrictSearchWithMatch'], matchContext(env)) : null;
  const search = (d: Doc): Doc[] => {
    const found = new Map<string, Doc>();
    let frontier: Value = start(d);
    for (let depth = 0; depth <= maxDepth; depth++) {
      const next: Value[] = [];
      for (const x of joined(find, frontier)) {
        const id = indexKey(x['_id']);
        if (found.has(id) || restrict?.(x) === false) continue;
        const out = { ...x };
        if (typeof depthField === 'string') setField(out, depthField, Long.fromNumber(depth));
        found.set(id, out);
        const to = expressionPath(x, from);
        if (Array.isArray(to)) next.push(...to);
        else if (to !== undefined) next.push(to);
      }
      if (next.length === 0) break;
      frontier = next;
    }
    return [...found.values()];
  };
  return (docs) => docs.map((d) => setComputed({ ...d }, as, search(d)));
};
