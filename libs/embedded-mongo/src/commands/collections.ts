import { compare } from '../bson/compare.js';
import { Long } from 'bson';
import { expectString, isDoc, truthy, type Doc, type Value } from '../bson/value.js';
import { compilePipeline } from '../agg/pipeline.js';
import { fail, unsupported } from '../errors.js';
import { compileMatch } from '../query/match.js';
import type { CommandContext, Handler } from './context.js';
import { docOf } from './context.js';
import { pipelineEnv } from './pipeline-env.js';

const STORED_OPTIONS = ['validator', 'validationLevel', 'validationAction', 'collation', 'viewOn', 'pipeline'];
const LEFT_OUT = ['timeseries', 'clusteredIndex', 'capped', 'expireAfterSeconds', 'changeStreamPreAndPostImages', 'encryptedFields'];

export const create: Handler = (ctx) => {
  const ns = ctx.ns;
  for (const k of LEFT_OUT) {
    if (ctx.command[k] !== undefined && ctx.command[k] !== false) unsupported(`option ${k} of command create`);
  }
  const options: Doc = {};
  for (const k of STORED_OPTIONS) if (ctx.command[k] !== undefined) options[k] = ctx.command[k];
  const existing = ctx.store.collection(ns);
  if (existing) {
    if (JSON.stringify(existing.options) === JSON.stringify(options)) return {};
    fail(48, `Collection ${ns} already exists.`);
  }
  if (options['viewOn'] !== undefined) compilePipeline(options['pipeline'] ?? [], pipelineEnv(ctx, undefined));
  if (options['validator'] !== undefined) compileMatch(options['validator'], ctx.match(undefined));
  ctx.store.ensureCollection(ns, options);
  return {};
};

export const collMod: Handler = (ctx) => {
  const c = ctx.store.collection(ctx.ns) ?? fail(26, `ns does not exist: ${ctx.ns}`);
  const changed: Doc = {};
  for (const k of ['validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline']) {
    if (ctx.command[k] !== undefined) changed[k] = ctx.command[k];
  }
  if (changed['validator'] !== undefined) compileMatch(changed['validator'], ctx.match(undefined));
  ctx.store.setOptions(c, changed);
  return {};
};

/** Collections may not vanish under an open transaction's feet: its locks would never be released properly. */
export function refuseWhileLocked(ctx: CommandContext, ns: string): void {
  const c = ctx.store.collection(ns);
  if (!c || ctx.store.openTransactions === 0) return;
  for (const rec of c.recs.values()) if (rec.lock) fail(24, `collection ${ns} is locked by an open transaction`);
}

export const drop: Handler = (ctx) => {
  const ns = ctx.ns;
  const c = ctx.store.collection(ns);
  if (!c) return {};
  refuseWhileLocked(ctx, ns);
  ctx.store.dropCollection(ns);
  return { ns, nIndexesWas: c.indexes.size };
};

export const dropDatabase: Handler = (ctx) => {
  const collections = ctx.store.dbs.get(ctx.db);
  if (!collections) return {};
  const names = [...collections.values()].map((c) => c.ns);
  for (const ns of names) refuseWhileLocked(ctx, ns);
  for (const ns of names) ctx.store.dropCollection(ns);
  return { dropped: ctx.db };
};

export const renameCollection: Handler = (ctx) => {
  const from = expectString(ctx.command['renameCollection'], 'renameCollection');
  const to = expectString(ctx.command['to'], 'to');
  if (!ctx.store.collection(from)) fail(26, `Source collection ${from} does not exist`);
  refuseWhileLocked(ctx, from);
  if (ctx.store.collection(to)) {
    if (!truthy(ctx.command['dropTarget'])) fail(48, 'target namespace exists');
    refuseWhileLocked(ctx, to);
    ctx.store.dropCollection(to);
  }
  ctx.store.renameCollection(from, to);
  return {};
};

export function batchSizeOf(ctx: CommandContext): Value {
  const cursor = ctx.command['cursor'];
  return (isDoc(cursor) ? cursor['batchSize'] : undefined) ?? Infinity;
}

export const listCollections: Handler = (ctx) => {
  const test = compileMatch(docOf(ctx.command['filter'], 'listCollections.filter'));
  const nameOnly = truthy(ctx.command['nameOnly']);
  const infos = [...(ctx.store.dbs.get(ctx.db)?.values() ?? [])]
    .map((c): Doc => ({
      name: c.name,
      type: c.isView ? 'view' : 'collection',
      options: c.options,
      info: c.isView ? { readOnly: true } : { readOnly: false, uuid: c.uuid },
      ...(c.isView ? {} : { idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } }),
    }))
    .filter(test)
    .map((info) => (nameOnly ? { name: info['name'], type: info['type'] } : info));
  return ctx.server.cursors.reply(`${ctx.db}.$cmd.listCollections`, infos, batchSizeOf(ctx));
};

export const listDatabases: Handler = (ctx) => {
  const test = compileMatch(docOf(ctx.command['filter'], 'listDatabases.filter'));
  const all = [...ctx.store.dbs]
    .map(([name, collections]): Doc => {
      let documents = 0;
      for (const c of collections.values()) documents += c.count;
      return { name, sizeOnDisk: Long.fromNumber(4096 + documents * 100), empty: false };
    })
    .sort((a, b) => compare(a['name'], b['name']))
    .filter(test);
  if (truthy(ctx.command['nameOnly'])) return { databases: all.map((d) => ({ name: d['name'] })) };
  return { databases: all, totalSize: Long.fromNumber(4096 * all.length), totalSizeMb: Long.ZERO };
};
