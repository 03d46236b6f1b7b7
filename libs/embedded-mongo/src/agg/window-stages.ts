import { compare } from '../bson/compare.js';
import { indexKey } from '../bson/index-key.js';
import { integer, isDoc, isNil, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show, unsupported } from '../errors.js';
import { parseSort, sortBy, sortValue, type SortField } from '../query/sort.js';
import { setComputed } from '../query/path.js';
import { compileAccumulator } from './accumulators.js';
import type { PipelineEnv } from './environment.js';
import type { StageCompiler } from './pipeline.js';

/** Value of an output field for each document of one sorted partition. */
type WindowFunction = (partition: readonly Doc[]) => Value[];

function partitions(docs: readonly Doc[], by: Value, sort: readonly SortField[], env: PipelineEnv): Doc[][] {
  const keyOf = by === undefined ? () => null : env.scope.compile(by);
  const groups = new Map<string, Doc[]>();
  for (const d of docs) {
    const key = indexKey(keyOf(d) ?? null);
    const g = groups.get(key);
    if (g) g.push(d);
    else groups.set(key, [d]);
  }
  return [...groups.values()].map((g) => (sort.length > 0 ? sortBy(g, sort, (d) => d, env.collation) : g));
}

export const setWindowFields: StageCompiler = (arg, env) => {
  if (!isDoc(arg) || !isDoc(arg['output'])) fail(9, '$setWindowFields needs an object with output');
  const sort = arg['sortBy'] === undefined ? [] : parseSort(arg['sortBy']);
  const outputs = Object.entries(arg['output']).map(([k, spec]) => [k.split('.'), windowFunction(k, spec, sort, env)] as const);
  return (docs) =>
    partitions(docs, arg['partitionBy'], sort, env).flatMap((partition) => {
      const computed = outputs.map(([path, f]) => [path, f(partition)] as const);
      return partition.map((d, i) => {
        const out = { ...d };
        for (const [path, values] of computed) setComputed(out, path, values[i]);
        return out;
      });
    });
};

const RANKS = new Set(['$rank', '$denseRank', '$documentNumber']);

function windowFunction(field: string, spec: Value, sort: readonly SortField[], env: PipelineEnv): WindowFunction {
  if (!isDoc(spec)) fail(9, `The field '${field}' must be an object with a window function`);
  const { window, ...rest } = spec;
  const name = Object.keys(rest)[0] ?? '';
  if (RANKS.has(name)) return ranking(name, sort);
  if (name === '$shift') return shift(rest['$shift'], env);
  const make = compileAccumulator(field, rest, env.scope);
  const bounds = windowBounds(window, sort);
  return (partition) =>
    partition.map((_, i) => {
      const accumulator = make();
      const [from, to] = bounds(partition, i);
      for (let k = Math.max(0, from); k <= Math.min(partition.length - 1, to); k++) accumulator.add(partition[k] as Doc);
      return accumulator.value();
    });
}

function ranking(name: string, sort: readonly SortField[]): WindowFunction {
  if (sort.length === 0) fail(5371602, `${name} must be specified with a sortBy expression`);
  return (partition) => {
    let rank = 0;
    let dense = 0;
    let previous: Doc | undefined;
    return partition.map((d, i) => {
      const tie = previous !== undefined && sort.every((f) => compare(sortValue(d, f), sortValue(previous, f)) === 0);
      if (!tie) {
        rank = i + 1;
        dense++;
      }
      previous = d;
      return integer(name === '$rank' ? rank : name === '$denseRank' ? dense : i + 1);
    });
  };
}

function shift(arg: Value, env: PipelineEnv): WindowFunction {
  if (!isDoc(arg) || !isNumeric(arg['by'])) fail(9, '$shift needs an object with output and by');
  const output = env.scope.compile(arg['output']);
  const by = toNumber(arg['by']);
  const fallback = arg['default'] === undefined ? null : env.scope.compile(arg['default'])({});
  return (partition) =>
    partition.map((_, i) => {
      const d = partition[i + by];
      return d ? (output(d) ?? null) : fallback;
    });
}

type Bounds = (partition: readonly Doc[], i: number) => [from: number, to: number];

function windowBounds(window: Value, sort: readonly SortField[]): Bounds {
  if (window === undefined) return (partition) => [0, partition.length - 1];
  if (!isDoc(window)) fail(9, "'window' field must be an object");
  if (window['unit'] !== undefined) unsupported('$setWindowFields window unit');
  if (window['documents'] !== undefined) {
    const [low, high] = limits(window['documents']);
    return (partition, i) => [
      low === 'unbounded' ? 0 : i + (low === 'current' ? 0 : low),
      high === 'unbounded' ? partition.length - 1 : i + (high === 'current' ? 0 : high),
    ];
  }
  const [low, high] = limits(window['range']);
  const [field] = sort;
  if (!field || sort.length > 1) fail(5339902, 'Range-based bounds require sortBy a single field');
  return (partition, i) => {
    const at = (d: Doc): number => toNumber(sortValue(d, field)) * field.direction;
    const here = at(partition[i] as Doc);
    const inside = (d: Doc): boolean =>
      (low === 'unbounded' || at(d) >= here + (low === 'current' ? 0 : low)) &&
      (high === 'unbounded' || at(d) <= here + (high === 'current' ? 0 : high));
    const from = partition.findIndex(inside);
    return from < 0 ? [0, -1] : [from, partition.findLastIndex(inside)];
  };
}

type Limit = 'unbounded' | 'current' | number;

function limits(v: Value): [Limit, Limit] {
  const read = (x: Value): Limit => {
    if (x === 'unbounded' || x === 'current') return x;
    return isNumeric(x) ? toNumber(x) : fail(9, `Window bounds must be 'unbounded', 'current', or a number, found ${show(x)}`);
  };
  if (!Array.isArray(v) || v.length !== 2) fail(9, 'Window bounds must be a 2-element array');
  return [read(v[0]), read(v[1])];
}

/** `$fill` with a constant or the last observed value; interpolation is left out. */
export const fill: StageCompiler = (arg, env) => {
  if (!isDoc(arg) || !isDoc(arg['output'])) fail(9, '$fill needs an object with output');
  if (arg['partitionByFields'] !== undefined) unsupported('$fill option partitionByFields');
  const sort = arg['sortBy'] === undefined ? [] : parseSort(arg['sortBy']);
  const fields = Object.entries(arg['output']).map(([k, spec]) => {
    if (!isDoc(spec)) return fail(9, `$fill output '${k}' must be an object`);
    if (spec['method'] !== undefined && spec['method'] !== 'locf') return unsupported(`$fill method ${show(spec['method'])}`);
    return { path: k.split('.'), key: k, evaluate: spec['method'] === 'locf' ? null : env.scope.compile(spec['value']) };
  });
  return (docs) =>
    partitions(docs, arg['partitionBy'], sort, env).flatMap((partition) => {
      const last = new Map<string, Value>();
      return partition.map((d) => {
        const out = { ...d };
        for (const { path, key, evaluate } of fields) {
          const v = d[key];
          if (!isNil(v)) last.set(key, v);
          else setComputed(out, path, evaluate ? evaluate(d) : (last.get(key) ?? null));
        }
        return out;
      });
    });
};
