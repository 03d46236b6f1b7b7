import { ObjectId } from 'bson';
import type { Collation } from '../bson/collation.js';
import { equal } from '../bson/compare.js';
import { encode } from '../bson/encode.js';
import { clone, hasField, idFirst, isDoc, setField, type Doc, type Value } from '../bson/value.js';
import { compilePipeline, parsePipeline } from '../agg/pipeline.js';
import { fail, show } from '../errors.js';
import { rootScope } from '../expr/compile.js';
import type { Rec } from '../store/record.js';
import type { Collection } from '../store/collection.js';
import { compileUpdate } from '../update/compile.js';
import { upsertSeed } from '../update/upsert.js';
import type { CommandContext } from './context.js';
import { pipelineEnv } from './pipeline-env.js';

/** A compiled update: operators, a replacement or a pipeline. */
export interface Modifier {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  apply(doc: Doc, inserting: boolean): Doc;
}

export interface ModifierSpec {
  readonly update: Value;
  readonly filter: Doc;
  readonly arrayFilters: Value;
  /** Constants of a pipeline update. */
  readonly constants: Value;
  readonly collation: Collation | undefined;
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

export function compileModifier(ctx: CommandContext, spec: ModifierSpec): Modifier {
  const { update } = spec;
  if (Array.isArray(update)) return pipelineModifier(ctx, spec);
  if (!isDoc(update)) fail(9, 'Update argument must be either an object or an array');
  const keys = Object.keys(update);
  if (keys[0]?.startsWith('$') !== true) return replacement(update, spec.arrayFilters);
  const plain = keys.find((k) => !k.startsWith('$'));
  if (plain !== undefined) {
    fail(9, `Unknown modifier: ${plain}. Expected a valid update modifier or pipeline-style update specified as an array`);
  }
  const arrayFilters = Array.isArray(spec.arrayFilters) ? spec.arrayFilters : [];
  const run = compileUpdate(update, { arrayFilters, filter: spec.filter, match: ctx.match(spec.collation), now: ctx.now });
  return { kind: 'operators', apply: run };
}

function pipelineModifier(ctx: CommandContext, spec: ModifierSpec): Modifier {
  for (const [name] of parsePipeline(spec.update)) {
    if (!PIPELINE_STAGES.has(name)) fail(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
  const variables = { ...(isDoc(ctx.command['let']) ? ctx.command['let'] : {}), ...(isDoc(spec.constants) ? spec.constants : {}) };
  const env = { ...pipelineEnv(ctx, spec.collation), scope: rootScope(ctx.now, variables) };
  const run = compilePipeline(spec.update, env);
  return {
    kind: 'pipeline',
    apply: (doc) => {
      const out = clone(run([doc])[0] ?? {});
      return hasField(doc, '_id') && !hasField(out, '_id') ? { _id: doc['_id'], ...out } : out;
    },
  };
}

function replacement(update: Doc, arrayFilters: Value): Modifier {
  if (Array.isArray(arrayFilters) && arrayFilters.length > 0) fail(9, 'arrayFilters may not be specified for replacement-style updates');
  return {
    kind: 'replacement',
    apply: (doc) => {
      const out: Doc = hasField(doc, '_id') ? { _id: doc['_id'] } : {};
      for (const k of Object.keys(update)) {
        if (k === '_id' && hasField(doc, '_id')) {
          if (equal(update['_id'], doc['_id'])) continue;
          fail(66, `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(update['_id'])}`);
        }
        setField(out, k, clone(update[k]));
      }
      return out;
    },
  };
}

/** Changes one found document. Returns the new state, or null when nothing changed. */
export function modifyRecord(ctx: CommandContext, c: Collection, rec: Rec, modifier: Modifier, bypass: boolean): Doc | null {
  c.checkWritable(rec, ctx.txn);
  const before = c.visible(rec, ctx.txn);
  if (!before) return null;
  let next = modifier.apply(before.doc, false);
  if (!hasField(next, '_id') || !equal(next['_id'], before.doc['_id'])) {
    fail(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  if (Object.keys(next)[0] !== '_id') next = idFirst(next);
  const raw = encode(next);
  if (raw.equals(before.raw)) return null;
  c.replace(rec, next, ctx.txn, bypass, raw);
  return next;
}

/** Inserts what an upsert without a match amounts to. */
export function upsertDocument(ctx: CommandContext, c: Collection, filter: Doc, modifier: Modifier, bypass: boolean): Doc {
  const seed = upsertSeed(filter);
  const start = modifier.kind !== 'replacement' ? seed : hasField(seed, '_id') ? { _id: seed['_id'] } : {};
  const made = modifier.apply(start, true);
  if (hasField(seed, '_id') && !equal(seed['_id'], made['_id'])) {
    fail(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  const doc = hasField(made, '_id') ? idFirst(made) : { _id: new ObjectId(), ...made };
  c.insert(doc, ctx.txn, bypass);
  return doc;
}
