import { RawBson } from '../bson/encode.js';
import { indexKey } from '../bson/index-key.js';
import { isDoc, numberOr, toNumber, truthy, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { compileMatch } from '../query/match.js';
import { walk } from '../query/path.js';
import { compileProjection } from '../query/projection.js';
import { parseSort, sortDocs } from '../query/sort.js';
import { select, type Found } from '../store/select.js';
import type { Collection } from '../store/collection.js';
import { aggregateDocs } from './aggregate.js';
import { docOf, type CommandContext, type Handler } from './context.js';
import { checkHint } from './hint.js';

function nonNegative(v: Value, field: string): number {
  const n = numberOr(v, 0);
  return n < 0 ? fail(51024, `BSON field '${field}' value must be >= 0, actual value '${n}'`) : n;
}

interface ReadOptions {
  readonly filter: Doc;
  readonly sort: Doc;
  readonly skip: number;
  readonly limit: number;
}

function read(ctx: CommandContext, c: Collection | undefined, options: ReadOptions): Found[] {
  const collation = ctx.collation(ctx.command, c);
  const match = ctx.match(collation);
  if (!c) {
    compileMatch(options.filter, match);
    return [];
  }
  const natural = options.sort['$natural'];
  return select(ctx.store, c, {
    ...options,
    match,
    collation,
    txn: ctx.txn,
    sort: natural === undefined ? parseSort(options.sort) : [],
    reverse: natural !== undefined && toNumber(natural) < 0,
    checkTime: ctx.checkTime,
  });
}

export const find: Handler = (ctx) => {
  const { command } = ctx;
  const limit = numberOr(command['limit'], 0);
  const options = {
    filter: docOf(command['filter'], 'find.filter'),
    sort: docOf(command['sort'], 'find.sort'),
    skip: nonNegative(command['skip'], 'skip'),
    limit: Math.abs(limit),
  };
  nonNegative(command['batchSize'], 'batchSize');
  if (truthy(command['tailable']) || truthy(command['awaitData'])) unsupported('tailable cursor');
  const ns = ctx.ns;
  const c = ctx.store.collection(ns);
  const single = truthy(command['singleBatch']) || limit < 0;
  const projection = docOf(command['projection'], 'find.projection');
  if (c?.isView === true) return ctx.server.cursors.reply(ns, viewDocs(ctx, options, projection), command['batchSize'], single);
  checkHint(c, command['hint']);
  const found = read(ctx, c, options);
  const project = compileProjection(projection, {
    find: true,
    filter: options.filter,
    match: ctx.match(ctx.collation(command, c)),
    compileExpression: (e) => ctx.scope.compile(e),
  });
  const items = project ? found.map((f) => project(f.version.doc)) : found.map((f) => new RawBson(f.version.raw));
  return ctx.server.cursors.reply(ns, items, command['batchSize'], single);
};

function viewDocs(ctx: CommandContext, o: ReadOptions, projection: Doc): readonly Doc[] {
  const pipeline: Doc[] = [{ $match: o.filter }];
  if (Object.keys(o.sort).length > 0) pipeline.push({ $sort: o.sort });
  if (o.skip > 0) pipeline.push({ $skip: o.skip });
  if (o.limit > 0) pipeline.push({ $limit: o.limit });
  if (Object.keys(projection).length > 0) pipeline.push({ $project: projection });
  return aggregateDocs(ctx, ctx.ns, pipeline);
}

/** Documents a `count` or `distinct` looks at. */
function queried(ctx: CommandContext): readonly Doc[] {
  const filter = docOf(ctx.command['query'], `${ctx.name}.query`);
  const c = ctx.store.collection(ctx.ns);
  checkHint(c, ctx.command['hint']);
  if (c?.isView === true) return aggregateDocs(ctx, ctx.ns, [{ $match: filter }]);
  return read(ctx, c, { filter, sort: {}, skip: 0, limit: 0 }).map((f) => f.version.doc);
}

export const count: Handler = (ctx) => {
  const { command } = ctx;
  const c = ctx.store.collection(ctx.ns);
  const all = Object.keys(docOf(command['query'], 'count.query')).length === 0 && c?.isView !== true;
  if (all) checkHint(c, command['hint']);
  const total = all ? (c?.count ?? 0) : queried(ctx).length;
  const rest = Math.max(0, total - nonNegative(command['skip'], 'skip'));
  const limit = Math.abs(numberOr(command['limit'], 0));
  return { n: limit > 0 ? Math.min(rest, limit) : rest };
};

export const distinct: Handler = (ctx) => {
  const key = ctx.command['key'];
  if (typeof key !== 'string') fail(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const collation = ctx.collation(ctx.command, ctx.store.collection(ctx.ns));
  const values = new Map<string, Value>();
  const parts = key.split('.');
  for (const d of queried(ctx)) {
    walk(d, parts, 0, (v) => {
      for (const x of Array.isArray(v) ? v : [v]) {
        if (x === undefined) continue;
        const k = indexKey(x, collation);
        if (!values.has(k)) values.set(k, x);
      }
      return false;
    });
  }
  const sorted = sortDocs(
    [...values.values()].map((v) => ({ v: isDoc(v) || !Array.isArray(v) ? v : [v] })),
    { v: 1 },
  );
  return { values: sorted.map((d) => (Array.isArray(d['v']) ? d['v'][0] : d['v'])) };
};
