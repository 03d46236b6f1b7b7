import { compare } from '../bson/compare.js';
import { isDoc, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { sortBy, sortDocs } from '../query/sort.js';
import { compileAccumulators, groupBy } from './group-stages.js';
import type { StageCompiler } from './pipeline.js';

const COUNT: Doc = { count: { $sum: 1 } };

function outputOf(arg: Doc): Doc {
  return isDoc(arg['output']) ? arg['output'] : COUNT;
}

export const bucket: StageCompiler = (arg, env) => {
  if (!isDoc(arg)) fail(40201, 'Argument to $bucket stage must be an object');
  const boundaries = arg['boundaries'];
  if (!Array.isArray(boundaries) || boundaries.length < 2) fail(40192, "The $bucket 'boundaries' field must have at least 2 values");
  boundaries.forEach((b, i) => {
    if (i > 0 && compare(boundaries[i - 1], b) >= 0) fail(40194, "The 'boundaries' option to $bucket must be sorted");
  });
  const valueOf = env.scope.compile(arg['groupBy']);
  const fallback = arg['default'];
  const lowerBound = (d: Doc): Value => {
    const v = valueOf(d) ?? null;
    for (let i = 0; i < boundaries.length - 1; i++) {
      if (compare(v, boundaries[i]) >= 0 && compare(v, boundaries[i + 1]) < 0) return boundaries[i];
    }
    if (fallback === undefined) fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return fallback;
  };
  const run = groupBy(lowerBound, compileAccumulators(outputOf(arg), env));
  return (docs) => sortDocs(run(docs), { _id: 1 });
};

export const bucketAuto: StageCompiler = (arg, env) => {
  if (!isDoc(arg)) fail(40240, 'The argument to $bucketAuto must be an object');
  if (arg['granularity'] !== undefined) unsupported('$bucketAuto option granularity');
  const wanted = isNumeric(arg['buckets']) ? toNumber(arg['buckets']) : NaN;
  if (!Number.isInteger(wanted) || wanted < 1) fail(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  const valueOf = env.scope.compile(arg['groupBy']);
  const fields = compileAccumulators(outputOf(arg), env);
  return (docs) => {
    const items = docs.map((doc) => ({ doc, v: valueOf(doc) ?? null }));
    const sorted = sortBy(items, [{ path: 'v', parts: ['v'], direction: 1 }], (x) => ({ v: x.v }));
    const buckets = fill(sorted, wanted);
    return buckets.flatMap((b, i) => {
      const min = b[0]?.v ?? null;
      const max = buckets[i + 1]?.[0]?.v ?? b.at(-1)?.v ?? null;
      return groupBy(() => ({ min, max }), fields)(b.map((x) => x.doc));
    });
  };
};

/** Equal shares, except that equal values stay in one bucket. */
function fill<T extends { v: Value }>(sorted: readonly T[], wanted: number): T[][] {
  const share = Math.max(1, Math.round(sorted.length / wanted));
  const out: T[][] = [];
  let i = 0;
  while (i < sorted.length) {
    let end = out.length === wanted - 1 ? sorted.length : Math.min(sorted.length, i + share);
    while (end < sorted.length && compare(sorted[end]?.v, sorted[end - 1]?.v) === 0) end++;
    out.push(sorted.slice(i, end));
    i = end;
  }
  return out;
}
