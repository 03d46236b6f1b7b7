import { isDoc, truthy, type Doc } from '../bson/value.js';
import { fail } from '../errors.js';
import { compileProjection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import { select } from '../store/select.js';
import { docOf, type CommandContext, type Handler, type Reply } from './context.js';
import { checkHint } from './hint.js';
import { compileModifier, modifyRecord, upsertDocument } from './modifier.js';
import { untilUnlocked } from './write-batch.js';

export const findAndModify: Handler = (ctx) => {
  const { command } = ctx;
  const remove = truthy(command['remove']);
  const update = command['update'];
  if (remove && update !== undefined) fail(9, 'Cannot specify both an update and remove=true');
  if (!remove && update === undefined) fail(9, 'Either an update or remove=true must be specified');
  if (remove && truthy(command['new']))
    fail(9, "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  if (remove && truthy(command['upsert'])) fail(9, 'Cannot specify both upsert=true and remove=true');
  const ns = ctx.ns;
  return untilUnlocked(ctx, () => statement(ctx, ns, remove));
};

function statement(ctx: CommandContext, ns: string, remove: boolean): Reply {
  const { command } = ctx;
  const filter = docOf(command['query'], 'query');
  const c = ctx.store.collection(ns);
  checkHint(c, command['hint']);
  const collation = ctx.collation(command, c);
  const match = ctx.match(collation);
  const sort = isDoc(command['sort']) ? parseSort(command['sort']) : [];
  const projected = projection(ctx, filter, docOf(command['fields'], 'fields'));
  const modifier = remove
    ? null
    : compileModifier(ctx, { update: command['update'], filter, arrayFilters: command['arrayFilters'], constants: undefined, collation });
  const [found] = c ? select(ctx.store, c, { filter, match, collation, txn: ctx.txn, sort, limit: 1, checkTime: ctx.checkTime }) : [];
  const bypass = truthy(command['bypassDocumentValidation']);
  if (c && found && modifier) {
    const before = found.version.doc;
    const after = modifyRecord(ctx, c, found.rec, modifier, bypass) ?? before;
    return { lastErrorObject: { n: 1, updatedExisting: true }, value: projected(truthy(command['new']) ? after : before) };
  }
  if (c && found) {
    c.remove(found.rec, ctx.txn);
    return { lastErrorObject: { n: 1 }, value: projected(found.version.doc) };
  }
  if (!modifier) return { lastErrorObject: { n: 0 }, value: null };
  if (!truthy(command['upsert'])) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
  const made = upsertDocument(ctx, c ?? ctx.store.ensureCollection(ns), filter, modifier, bypass);
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: made['_id'] },
    value: truthy(command['new']) ? projected(made) : null,
  };
}

function projection(ctx: CommandContext, filter: Doc, spec: Doc): (d: Doc) => Doc {
  const collation = undefined;
  return (
    compileProjection(spec, { find: true, filter, match: ctx.match(collation), compileExpression: (e) => ctx.scope.compile(e) }) ??
    ((d) => d)
  );
}
