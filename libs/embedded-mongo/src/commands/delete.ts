import { numberOr, type Doc, type Value } from '../bson/value.js';
import { select } from '../store/select.js';
import { docOf, type CommandContext, type Handler } from './context.js';
import { checkFields } from './fields.js';
import { checkHint } from './hint.js';
import { afterBatch, batchProgress, batchReply, runBatch, statements } from './write-batch.js';

export interface DeleteStatement {
  readonly q: Doc;
  /** 0 deletes all matches. */
  readonly limit: Value;
  readonly hint?: Value;
  readonly collation?: Value;
}

export function runDelete(ctx: CommandContext, ns: string, s: DeleteStatement): number {
  const c = ctx.store.collection(ns);
  checkHint(c, s.hint);
  if (!c) return 0;
  const collation = ctx.collation({ collation: s.collation }, c);
  const found = select(ctx.store, c, {
    filter: docOf(s.q, 'q'),
    match: ctx.match(collation),
    collation,
    txn: ctx.txn,
    limit: numberOr(s.limit, 0),
    checkTime: ctx.checkTime,
  });
  for (const { rec } of found) c.checkWritable(rec, ctx.txn);
  for (const { rec } of found) c.remove(rec, ctx.txn);
  return found.length;
}

export const deleteCommand: Handler = (ctx) => {
  const ns = ctx.ns;
  const list = statements(ctx, 'deletes');
  for (const s of list) checkFields('delete.deletes', s, ['q', 'limit', 'hint', 'collation']);
  const progress = batchProgress(ctx);
  const done = runBatch(ctx, list.length, progress, (i) => {
    progress.n += runDelete(ctx, ns, list[i] as unknown as DeleteStatement);
  });
  return afterBatch(done, () => batchReply(progress, {}));
};
