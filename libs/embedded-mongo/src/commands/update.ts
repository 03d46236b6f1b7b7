import { isDoc, truthy, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { parseSort } from '../query/sort.js';
import { compileMatch } from '../query/match.js';
import { select } from '../store/select.js';
import { docOf, type CommandContext, type Handler } from './context.js';
import { checkHint } from './hint.js';
import { compileModifier, modifyRecord, upsertDocument } from './modifier.js';
import { checkFields } from './fields.js';
import { afterBatch, batchProgress, batchReply, runBatch, statements } from './write-batch.js';

export interface UpdateStatement {
  readonly q: Doc;
  readonly u: Value;
  readonly c?: Value;
  readonly multi?: Value;
  readonly upsert?: Value;
  readonly arrayFilters?: Value;
  readonly hint?: Value;
  readonly sort?: Value;
  readonly collation?: Value;
}

export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: Value;
}

/** One update statement, complete or not at all. */
export function runUpdate(ctx: CommandContext, ns: string, s: UpdateStatement): UpdateResult {
  const multi = truthy(s.multi);
  const filter = docOf(s.q, 'q');
  const bypass = truthy(ctx.command['bypassDocumentValidation']);
  if (multi && isDoc(s.u) && Object.keys(s.u)[0]?.startsWith('$') !== true) {
    fail(9, 'multi update is not supported for replacement-style update');
  }
  if (multi && s.sort !== undefined) fail(9, 'Cannot specify sort with multi=true');
  const existing = ctx.store.collection(ns);
  checkHint(existing, s.hint);
  const collation = ctx.collation({ collation: s.collation }, existing);
  const modifier = compileModifier(ctx, { update: s.u, filter, arrayFilters: s.arrayFilters, constants: s.c, collation });
  const match = ctx.match(collation);
  const sort = s.sort === undefined ? [] : parseSort(s.sort);
  if (!existing) compileMatch(filter, match);
  const found = existing
    ? select(ctx.store, existing, { filter, match, collation, txn: ctx.txn, sort, limit: multi ? 0 : 1, checkTime: ctx.checkTime })
    : [];
  // Before the first change, so that a statement that has to wait has done nothing yet.
  for (const { rec } of found) existing?.checkWritable(rec, ctx.txn);
  let modified = 0;
  for (const { rec } of found) if (existing && modifyRecord(ctx, existing, rec, modifier, bypass)) modified++;
  if (found.length > 0 || !truthy(s.upsert)) return { matched: found.length, modified };
  const inserted = upsertDocument(ctx, existing ?? ctx.store.ensureCollection(ns), filter, modifier, bypass);
  return { matched: 0, modified: 0, upsertedId: inserted['_id'] };
}

const STATEMENT_FIELDS = ['q', 'u', 'c', 'multi', 'upsert', 'arrayFilters', 'hint', 'sort', 'collation'];

export const update: Handler = (ctx) => {
  const ns = ctx.ns;
  const list = statements(ctx, 'updates');
  for (const s of list) checkFields('update.updates', s, STATEMENT_FIELDS);
  const progress = batchProgress(ctx);
  const done = runBatch(ctx, list.length, progress, (i) => {
    const result = runUpdate(ctx, ns, list[i] as unknown as UpdateStatement);
    progress.nModified += result.modified;
    if (result.upsertedId === undefined) progress.n += result.matched;
    else {
      progress.n++;
      progress.upserted.push({ index: i, _id: result.upsertedId });
    }
  });
  return afterBatch(done, () =>
    batchReply(progress, { nModified: progress.nModified, ...(progress.upserted.length > 0 ? { upserted: progress.upserted } : {}) }),
  );
};
