import { isDoc, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { bucket, bucketAuto } from './bucket-stages.js';
import type { PipelineEnv, Stage } from './environment.js';
import { group, sortByCount } from './group-stages.js';
import { graphLookup, lookup, unionWith } from './join-stages.js';
import { addFields, project, redact, replaceRoot, unset } from './shape-stages.js';
import { count, documents, limit, match, sample, skip, sort, unwind } from './stream-stages.js';
import { fill, setWindowFields } from './window-stages.js';

/** Compiles a stage's argument. */
export type StageCompiler = (arg: Value, env: PipelineEnv, name: string) => Stage;

const facet: StageCompiler = (arg, env) => {
  if (!isDoc(arg) || Object.keys(arg).length === 0) fail(40169, 'the $facet specification must be a non-empty object');
  const parts = Object.entries(arg).map(([k, p]) => [k, compilePipeline(p, env)] as const);
  return (docs) => [Object.fromEntries(parts.map(([k, run]) => [k, run(docs)]))];
};

const STAGES: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([
  ['$match', match],
  ['$sort', sort],
  ['$limit', limit],
  ['$skip', skip],
  ['$count', count],
  ['$sample', sample],
  ['$unwind', unwind],
  ['$documents', documents],
  ['$project', project],
  ['$addFields', addFields],
  ['$set', addFields],
  ['$unset', unset],
  ['$replaceRoot', replaceRoot],
  ['$replaceWith', replaceRoot],
  ['$redact', redact],
  ['$group', group],
  ['$sortByCount', sortByCount],
  ['$bucket', bucket],
  ['$bucketAuto', bucketAuto],
  ['$facet', facet],
  ['$lookup', (arg, env) => lookup(arg, env, compilePipeline)],
  ['$unionWith', (arg, env) => unionWith(arg, env, compilePipeline)],
  ['$graphLookup', graphLookup],
  ['$setWindowFields', setWindowFields],
  ['$fill', fill],
]);

/** Stages of MongoDB that are left out; everything else unknown is a spelling mistake. */
const LEFT_OUT = new Set([
  '$changeStream',
  '$changeStreamSplitLargeEvent',
  '$densify',
  '$geoNear',
  '$listSearchIndexes',
  '$planCacheStats',
  '$querySettings',
  '$search',
  '$searchMeta',
  '$shardedDataDistribution',
  '$vectorSearch',
]);

/** Splits a pipeline into stage names and arguments. */
export function parsePipeline(pipeline: Value): [name: string, arg: Value][] {
  if (!Array.isArray(pipeline)) fail(14, "'pipeline' option must be specified as an array");
  return pipeline.map((stage): [string, Value] => {
    if (!isDoc(stage)) fail(14, "Each element of the 'pipeline' array must be an object");
    const [entry, second] = Object.entries(stage);
    if (!entry || second) fail(40323, 'A pipeline stage specification object must contain exactly one field.');
    return entry;
  });
}

/** Compiles a whole pipeline first, so that a mistake in a late stage is an error even when no document gets there. */
export function compilePipeline(pipeline: Value, env: PipelineEnv): Stage {
  const stages = parsePipeline(pipeline).map(([name, arg]) => {
    const compiler = STAGES.get(name);
    if (!compiler)
      return LEFT_OUT.has(name) ? unsupported(`aggregation stage ${name}`) : fail(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compiler(arg, env, name);
  });
  return (docs: Doc[]) => {
    let out = docs;
    for (const stage of stages) {
      env.checkTime();
      out = stage(out);
    }
    return out;
  };
}
