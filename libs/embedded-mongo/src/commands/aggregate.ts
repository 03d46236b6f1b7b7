import { Long } from 'bson';
import { compilePipeline, parsePipeline } from '../agg/pipeline.js';
import type { Collation } from '../bson/collation.js';
import { RawBson, type EncodableDoc } from '../bson/encode.js';
import { isDoc, isNumeric, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { parseSort } from '../query/sort.js';
import type { Collection } from '../store/collection.js';
import { select, type Found } from '../store/select.js';
import { docOf, type CommandContext, type Handler } from './context.js';
import { checkHint } from './hint.js';
import { runOutput } from './output-stages.js';
import { pipelineEnv, resolveView } from './pipeline-env.js';
import { untilUnlocked } from './write-batch.js';

type Stages = [name: string, arg: Value][];

/** Runs a pipeline on a collection or view and returns its documents. */
export function aggregateDocs(ctx: CommandContext, ns: string, pipeline: Value): readonly Doc[] {
  return run(ctx, ns, parsePipeline(pipeline));
}

function run(ctx: CommandContext, ns: string, own: Stages): readonly Doc[] {
  const target = ctx.store.collection(ns);
  const collation = ctx.collation(ctx.command, target);
  const view = target?.isView === true ? resolveView(ctx, target) : null;
  const source = view ? view.source : target;
  const stages = view ? [...parsePipeline(view.pipeline), ...own] : own;
  const special = specialSource(ctx, ns, source, stages);
  const lead = special ? { docs: special, used: 1 } : leading(ctx, source, stages, collation);
  const rest = stages.slice(lead.used).map(([name, arg]): Doc => ({ [name]: arg }));
  return compilePipeline(rest, pipelineEnv(ctx, collation))([...lead.docs]);
}

/** `$match`, `$sort`, `$skip` and `$limit` at the beginning are answered by the store, with its indexes. */
function leading(
  ctx: CommandContext,
  c: Collection | undefined,
  stages: Stages,
  collation: Collation | undefined,
): { docs: readonly Doc[]; used: number } {
  if (stages[0]?.[0] === '$documents') return { docs: [], used: 0 };
  let used = 0;
  const next = (name: string): Value => (stages[used]?.[0] === name ? stages[used++]?.[1] : undefined);
  const filter = docOf(next('$match'), '$match');
  const sort = next('$sort');
  const skip = wholeNumber(next('$skip'));
  const limit = wholeNumber(next('$limit'));
  // A limit of zero and odd arguments are errors that the stages themselves report.
  if (skip === null || limit === null || (isDoc(sort) && Object.keys(sort).length === 0)) used = stages[0]?.[0] === '$match' ? 1 : 0;
  const whole = used > 1 || (used === 1 && stages[0]?.[0] !== '$match');
  const found: Found[] = c
    ? select(ctx.store, c, {
        filter,
        match: ctx.match(collation),
        collation,
        txn: ctx.txn,
        sort: whole && sort !== undefined ? parseSort(sort) : [],
        skip: whole ? (skip ?? 0) : 0,
        limit: whole ? (limit ?? 0) : 0,
        checkTime: ctx.checkTime,
      })
    : [];
  return { docs: found.map((f) => f.version.doc), used: c ? used : 0 };
}

/** 0 when absent, null when it is not a positive whole number. */
function wholeNumber(v: Value): number | null {
  if (v === undefined) return 0;
  const n = isNumeric(v) ? Number(v.toString()) : NaN;
  return Number.isInteger(n) && n > 0 ? n : null;
}

function specialSource(ctx: CommandContext, ns: string, c: Collection | undefined, stages: Stages): Doc[] | null {
  switch (stages[0]?.[0]) {
    case '$collStats':
      return [{ ns, localTime: ctx.now, storageStats: { count: c?.count ?? 0, size: 0 }, count: c?.count ?? 0 }];
    case '$indexStats':
      return [...(c?.indexes.values() ?? [])].map((ix) => ({
        name: ix.name,
        key: ix.spec['key'],
        accesses: { ops: Long.ZERO, since: ctx.now },
      }));
    default:
      return null;
  }
}

export const aggregate: Handler = (ctx) => {
  const { command } = ctx;
  if (command['explain'] !== undefined) unsupported('explain');
  const stages = parsePipeline(command['pipeline']);
  if (!isDoc(command['cursor'])) fail(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const databaseLevel = isNumeric(command['aggregate']);
  const first = stages[0]?.[0];
  if (databaseLevel && first !== '$documents') {
    if (first?.startsWith('$') === true) compilePipeline(command['pipeline'], pipelineEnv(ctx, undefined));
    fail(73, `{aggregate: 1} is not valid for '${first ?? ''}'; a collection is required.`);
  }
  const ns = databaseLevel ? `${ctx.db}.$cmd.aggregate` : ctx.ns;
  checkHint(ctx.store.collection(ns), command['hint']);
  const output = stages.findIndex(([name]) => name === '$out' || name === '$merge');
  if (output >= 0) {
    const [name, arg] = stages[output] as [string, Value];
    if (output !== stages.length - 1) fail(40601, `${name} can only be the final stage in the pipeline`);
    if (ctx.txn) fail(263, `${name} cannot be used in a transaction`);
    const docs = run(ctx, ns, stages.slice(0, -1));
    const done = untilUnlocked(ctx, () => runOutput(ctx, name, arg, docs));
    const reply = (): EncodableDoc => ctx.server.cursors.reply(ns, [], undefined);
    return done instanceof Promise ? done.then(reply) : reply();
  }
  const batchSize = command['cursor']['batchSize'];
  const c = ctx.store.collection(ns);
  if (stages.length === 0 && c && !c.isView) {
    const all = select(ctx.store, c, { filter: {}, match: {}, collation: undefined, txn: ctx.txn, checkTime: ctx.checkTime });
    return ctx.server.cursors.reply(
      ns,
      all.map((f) => new RawBson(f.version.raw)),
      batchSize,
    );
  }
  return ctx.server.cursors.reply(ns, run(ctx, ns, stages), batchSize);
};
