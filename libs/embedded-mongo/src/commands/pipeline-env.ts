import { compilePipeline } from '../agg/pipeline.js';
import type { Foreign, PipelineEnv } from '../agg/environment.js';
import type { Collation } from '../bson/collation.js';
import { expectString, isDoc, type Doc } from '../bson/value.js';
import { fail } from '../errors.js';
import type { Collection } from '../store/collection.js';
import { select } from '../store/select.js';
import type { CommandContext } from './context.js';

const MAX_VIEW_DEPTH = 20;

/** What pipelines of this command can reach: its variables and the other collections of its database. */
export function pipelineEnv(ctx: CommandContext, collation: Collation | undefined): PipelineEnv {
  return {
    scope: ctx.scope,
    collation,
    checkTime: ctx.checkTime,
    foreign: (name) => foreign(ctx, name),
  };
}

function foreign(ctx: CommandContext, name: string): Foreign {
  const c = ctx.store.collection(`${ctx.db}.${name}`);
  if (!c) return { all: () => [], find: () => [], hasIndex: () => false };
  if (c.isView) return { all: () => viewDocs(ctx, c), find: () => fail(1, 'a view has no indexes'), hasIndex: () => false };
  const find = (filter: Doc): Doc[] => docsOf(ctx, c, filter, undefined);
  return {
    all: () => find({}),
    find,
    hasIndex: (field) =>
      [...c.indexes.values()].some((ix) => !ix.collation && ix.fields[0]?.path === field && ix.usableFor(new Map(), undefined)),
  };
}

/** All documents of a collection that match, in natural order. */
export function docsOf(ctx: CommandContext, c: Collection, filter: Doc, collation: Collation | undefined): Doc[] {
  const found = select(ctx.store, c, { filter, match: ctx.match(collation), collation, txn: ctx.txn, checkTime: ctx.checkTime });
  return found.map((f) => f.version.doc);
}

/** The collection a view finally reads and the pipeline that leads there. */
export function resolveView(ctx: CommandContext, view: Collection): { source: Collection | undefined; pipeline: Doc[] } {
  let source: Collection | undefined = view;
  let pipeline: Doc[] = [];
  for (let depth = 0; source?.isView === true; depth++) {
    if (depth > MAX_VIEW_DEPTH) fail(165, 'View depth limit exceeded');
    const own = source.options['pipeline'];
    pipeline = [...(Array.isArray(own) ? own.filter(isDoc) : []), ...pipeline];
    source = ctx.store.collection(`${ctx.db}.${expectString(source.options['viewOn'], 'viewOn')}`);
  }
  return { source, pipeline };
}

function viewDocs(ctx: CommandContext, view: Collection): Doc[] {
  const { source, pipeline } = resolveView(ctx, view);
  const run = compilePipeline(pipeline, pipelineEnv(ctx, view.collation));
  return run(source ? docsOf(ctx, source, {}, undefined) : []);
}
