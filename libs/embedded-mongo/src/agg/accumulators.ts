import { arithmetic, Sum } from '../bson/arithmetic.js';
import { compare } from '../bson/compare.js';
import { indexKey } from '../bson/index-key.js';
import { integer, isDoc, isNil, isNumeric, setField, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { deviationOf } from '../expr/aggregates.js';
import type { Evaluate, Scope } from '../expr/scope.js';
import { parseSort, sortBy } from '../query/sort.js';

/** State of one accumulator in one group. */
export interface Accumulator {
  add(doc: Doc): void;
  value(): Value;
}

export type AccumulatorFactory = () => Accumulator;
type Simple = (evaluate: Evaluate) => AccumulatorFactory;

function extreme(sign: 1 | -1): Simple {
  return (evaluate) => () => {
    let best: Value;
    return {
      add: (d) => {
        const v = evaluate(d);
        if (!isNil(v) && (best === undefined || compare(v, best) * sign > 0)) best = v;
      },
      value: () => best ?? null,
    };
  };
}

function collected(finish: (values: Value[]) => Value): Simple {
  return (evaluate) => () => {
    const values: Value[] = [];
    return { add: (d) => void values.push(evaluate(d)), value: () => finish(values) };
  };
}

const sum: Simple = (evaluate) => () => {
  const total = new Sum();
  return {
    add: (d) => {
      const v = evaluate(d);
      if (isNumeric(v)) total.add(v);
    },
    value: () => total.value,
  };
};

const average: Simple = (evaluate) => () => {
  const total = new Sum();
  let n = 0;
  return {
    add: (d) => {
      const v = evaluate(d);
      if (!isNumeric(v)) return;
      total.add(v);
      n++;
    },
    value: () => (n === 0 ? null : arithmetic('/', total.value, n)),
  };
};

const first: Simple = (evaluate) => () => {
  let seen = false;
  let v: Value;
  return {
    add: (d) => {
      if (!seen) v = evaluate(d);
      seen = true;
    },
    value: () => v ?? null,
  };
};

const last: Simple = (evaluate) => () => {
  let v: Value;
  return {
    add: (d) => {
      v = evaluate(d);
    },
    value: () => v ?? null,
  };
};

const addToSet: Simple = (evaluate) => () => {
  const values = new Map<string, Value>();
  return {
    add: (d) => {
      const v = evaluate(d);
      if (v === undefined) return;
      const key = indexKey(v);
      if (!values.has(key)) values.set(key, v);
    },
    value: () => [...values.values()],
  };
};

const mergeObjects: Simple = (evaluate) => () => {
  const out: Doc = {};
  return {
    add: (d) => {
      const v = evaluate(d);
      if (isNil(v)) return;
      if (!isDoc(v)) fail(40400, `$mergeObjects requires object inputs, but input is ${show(v)}`);
      for (const k of Object.keys(v)) setField(out, k, v[k]);
    },
    value: () => out,
  };
};

const SIMPLE: ReadonlyMap<string, Simple> = new Map([
  ['$sum', sum],
  ['$avg', average],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$first', first],
  ['$last', last],
  ['$push', collected((values) => values.filter((v) => v !== undefined))],
  ['$addToSet', addToSet],
  ['$mergeObjects', mergeObjects],
  ['$stdDevPop', collected((values) => deviationOf(values, false))],
  ['$stdDevSamp', collected((values) => deviationOf(values, true))],
]);

/** `$firstN`, `$lastN`, `$minN`, `$maxN`. */
function listOfN(name: string, arg: Value, scope: Scope): AccumulatorFactory {
  const spec = isDoc(arg) ? arg : fail(5787900, `specification must be an object; found ${name}: ${show(arg)}`);
  const n = count(name, spec['n'], scope);
  const finish = (values: Value[]): Value[] => {
    if (name === '$firstN') return values.slice(0, n);
    if (name === '$lastN') return values.slice(-n);
    const sign = name === '$maxN' ? -1 : 1;
    return values
      .filter((v) => !isNil(v))
      .sort((a, b) => compare(a, b) * sign)
      .slice(0, n);
  };
  return collected((values) => finish(values.map((v) => v ?? null)))(scope.compile(spec['input']));
}

function count(name: string, n: Value, scope: Scope): number {
  const v = scope.compile(n)({});
  const k = isNumeric(v) ? toNumber(v) : NaN;
  return Number.isInteger(k) && k > 0 ? k : fail(5787908, `'n' must be greater than 0 in ${name}, found ${show(v)}`);
}

/** `$top`, `$bottom` and their N forms: outputs in the order of `sortBy`. */
function sorted(name: string, arg: Value, scope: Scope): AccumulatorFactory {
  const spec = isDoc(arg) ? arg : fail(5788001, `specification must be an object; found ${name}: ${show(arg)}`);
  const fields = parseSort(spec['sortBy']);
  const output = scope.compile(spec['output']);
  const many = name.endsWith('N');
  const n = many ? count(name, spec['n'], scope) : 1;
  return () => {
    const seen: { doc: Doc; output: Value }[] = [];
    return {
      add: (doc) => void seen.push({ doc, output: output(doc) ?? null }),
      value: () => {
        const ordered = sortBy(seen, fields, (x) => x.doc).map((x) => x.output);
        const chosen = name.startsWith('$top') ? ordered.slice(0, n) : ordered.slice(-n);
        return many ? chosen : (chosen[0] ?? null);
      },
    };
  };
}

/** Compiles `{ $sum: "$amount" }` and the like. */
export function compileAccumulator(field: string, spec: Value, scope: Scope): AccumulatorFactory {
  if (!isDoc(spec)) fail(40234, `The field '${field}' must be an accumulator object`);
  const [entry, second] = Object.entries(spec);
  if (!entry || second) fail(40238, `The field '${field}' must specify one accumulator`);
  const [name, arg] = entry;
  const simple = SIMPLE.get(name);
  if (simple) return simple(scope.compile(arg));
  switch (name) {
    case '$count':
      return () => {
        let n = 0;
        return { add: () => n++, value: () => integer(n) };
      };
    case '$firstN':
    case '$lastN':
    case '$minN':
    case '$maxN':
      return listOfN(name, arg, scope);
    case '$top':
    case '$topN':
    case '$bottom':
    case '$bottomN':
      return sorted(name, arg, scope);
    default:
      return fail(15952, `unknown group operator '${name}'`);
  }
}
