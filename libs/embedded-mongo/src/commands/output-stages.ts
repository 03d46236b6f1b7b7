import { ObjectId } from 'bson';
import { compilePipeline } from '../agg/pipeline.js';
import { equal } from '../bson/compare.js';
import { encode } from '../bson/encode.js';
import { expectString, hasField, idFirst, isDoc, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { documentPath } from '../query/path.js';
import { select } from '../store/select.js';
import type { CommandContext } from './context.js';
import { storable } from './insert.js';
import { pipelineEnv } from './pipeline-env.js';

/** `$out` and `$merge`: writes the documents of a pipeline into a collection. */
export function runOutput(ctx: CommandContext, name: string, arg: Value, docs: readonly Doc[]): void {
  if (name === '$out') out(ctx, arg, docs);
  else merge(ctx, arg, docs);
}

function target(ctx: CommandContext, arg: Value, name: string): string {
  if (typeof arg === 'string') return `${ctx.db}.${arg}`;
  if (isDoc(arg) && typeof arg['db'] === 'string' && typeof arg['coll'] === 'string') return `${arg['db']}.${arg['coll']}`;
  return fail(51178, `${name} needs a collection name or { db, coll }, found ${show(arg)}`);
}

function out(ctx: CommandContext, arg: Value, docs: readonly Doc[]): void {
  const { store } = ctx;
  const ns = target(ctx, arg, '$out');
  const old = store.collection(ns);
  const indexes = old ? [...old.indexes.values()].slice(1).map((ix) => ix.spec) : [];
  if (old) store.dropCollection(ns);
  const c = store.ensureCollection(ns, old?.options ?? {});
  for (const spec of indexes) store.createIndex(c, spec);
  for (const d of docs) c.insert(storable(d), null);
}

function merge(ctx: CommandContext, arg: Value, docs: readonly Doc[]): void {
  const spec: Doc = isDoc(arg) ? arg : { into: arg };
  const c = ctx.store.ensureCollection(target(ctx, spec['into'], '$merge'));
  const on = (Array.isArray(spec['on']) ? spec['on'] : [spec['on'] ?? '_id']).map((f) => expectString(f, "$merge 'on'"));
  const whenMatched = spec['whenMatched'] ?? 'merge';
  const whenNotMatched = spec['whenNotMatched'] ?? 'insert';
  for (const given of docs) {
    const d: Doc = !hasField(given, '_id') && on.includes('_id') ? { _id: new ObjectId(), ...given } : given;
    const filter: Doc = {};
    for (const f of on) filter[f] = { $eq: documentPath(d, f.split('.')) ?? null };
    const [found] = select(ctx.store, c, { filter, match: {}, collation: undefined, txn: null, limit: 1, checkTime: ctx.checkTime });
    if (!found) {
      if (whenNotMatched === 'fail') fail(13113, '$merge could not find a matching document in the target collection');
      if (whenNotMatched === 'insert') c.insert(storable(d), null);
      continue;
    }
    if (whenMatched === 'keepExisting') continue;
    if (whenMatched === 'fail') fail(11000, '$merge found a document in the target collection that already exists');
    const next = idFirst(merged(ctx, whenMatched, found.version.doc, d, spec['let']));
    if (!equal(next['_id'], found.version.doc['_id'])) fail(66, "$merge failed to update the matching document, '_id' is immutable");
    if (!encode(next).equals(found.version.raw)) c.replace(found.rec, next, null);
  }
}

function merged(ctx: CommandContext, how: Value, existing: Doc, incoming: Doc, variables: Value): Doc {
  const _id = existing['_id'];
  if (how === 'replace') return { ...incoming, _id };
  if (how === 'merge') return { ...existing, ...incoming, _id };
  if (!Array.isArray(how)) fail(51181, `$merge option whenMatched is not valid: ${show(how)}`);
  const let_ = isDoc(variables) ? variables : { new: '$$ROOT' };
  const names = Object.keys(let_);
  const env = pipelineEnv(ctx, undefined);
  const { scope, cells } = env.scope.extend(names);
  names.forEach((n, i) => {
    const cell = cells[i];
    if (cell) cell.value = env.scope.compile(let_[n])(incoming);
  });
  return compilePipeline(how, { ...env, scope })([existing])[0] ?? existing;
}
