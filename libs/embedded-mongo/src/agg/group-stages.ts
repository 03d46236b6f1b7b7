import { indexKey } from '../bson/index-key.js';
import { hasField, isDoc, setField, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { sortDocs } from '../query/sort.js';
import { compileAccumulator, type Accumulator, type AccumulatorFactory } from './accumulators.js';
import type { PipelineEnv, Stage } from './environment.js';
import type { StageCompiler } from './pipeline.js';

interface Group {
  readonly id: Value;
  readonly accumulators: readonly Accumulator[];
}

export function compileAccumulators(spec: Doc, env: PipelineEnv): [string, AccumulatorFactory][] {
  return Object.keys(spec)
    .filter((k) => k !== '_id')
    .map((k) => {
      if (k.includes('.')) fail(40235, `The field name '${k}' cannot contain '.'`);
      return [k, compileAccumulator(k, spec[k], env.scope)];
    });
}

/** Groups documents by a key and feeds the accumulators; groups appear in the order of their first document. */
export function groupBy(idOf: (d: Doc) => Value, fields: readonly [string, AccumulatorFactory][]): Stage {
  return (docs) => {
    const groups = new Map<string, Group>();
    for (const d of docs) {
      const id = idOf(d) ?? null;
      const key = indexKey(id);
      let g = groups.get(key);
      if (!g) groups.set(key, (g = { id, accumulators: fields.map(([, make]) => make()) }));
      for (const a of g.accumulators) a.add(d);
    }
    return [...groups.values()].map((g) => {
      const out: Doc = { _id: g.id };
      fields.forEach(([k], i) => setField(out, k, g.accumulators[i]?.value()));
      return out;
    });
  };
}

export const group: StageCompiler = (arg, env) => {
  if (!isDoc(arg)) fail(15947, "a group's fields must be specified in an object");
  if (!hasField(arg, '_id')) fail(15955, 'a group specification must include an _id');
  return groupBy(env.scope.compile(arg['_id']), compileAccumulators(arg, env));
};

export const sortByCount: StageCompiler = (arg, env) => {
  if (!(typeof arg === 'string' && arg.startsWith('$')) && !isDoc(arg)) {
    fail(40147, 'the sortByCount field must be defined as a $-prefixed path or an expression object');
  }
  const run = groupBy(env.scope.compile(arg), compileAccumulators({ count: { $sum: 1 } }, env));
  return (docs) => sortDocs(run(docs), { count: -1 });
};
