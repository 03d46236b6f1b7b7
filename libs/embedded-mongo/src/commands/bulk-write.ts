import { expectString, isDoc, numberOr, toNumber, truthy, type Doc } from '../bson/value.js';
import { fail, MongoError } from '../errors.js';
import { Blocked } from '../store/transaction.js';
import type { CommandContext, Handler } from './context.js';
import { runDelete } from './delete.js';
import { storable } from './insert.js';
import { runUpdate } from './update.js';
import { endsCommand, statements, untilUnlocked, writeError } from './write-batch.js';

interface Totals {
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
  nErrors: number;
}

/** `bulkWrite`: statements for several collections in one command. */
export const bulkWrite: Handler = async (ctx) => {
  const namespaces = ctx.command['nsInfo'];
  if (!Array.isArray(namespaces)) fail(40414, "BSON field 'bulkWrite.nsInfo' is missing but a required field");
  const names = namespaces.map((x) => (isDoc(x) ? expectString(x['ns'], 'nsInfo.ns') : fail(14, 'nsInfo entries must be objects')));
  const ordered = ctx.command['ordered'] === undefined || truthy(ctx.command['ordered']);
  const errorsOnly = truthy(ctx.command['errorsOnly']);
  const totals: Totals = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0, nErrors: 0 };
  const results: Doc[] = [];
  for (const [idx, op] of statements(ctx, 'ops').entries()) {
    try {
      const result = await untilUnlocked(ctx, () => statement(ctx, names, op, totals));
      if (!errorsOnly) results.push({ ok: 1, idx, ...result });
    } catch (error) {
      if (!(error instanceof MongoError) || error instanceof Blocked || endsCommand(error, ctx)) throw error;
      totals.nErrors++;
      const { index: _index, ...details } = writeError(error, idx);
      results.push({ ok: 0, idx, n: 0, ...details });
      if (ctx.txn) ctx.failTransaction = true;
      if (ctx.txn || ordered) break;
    }
  }
  const cursor = ctx.command['cursor'];
  const batchSize = isDoc(cursor) ? numberOr(cursor['batchSize'], Infinity) : Infinity;
  return { ...ctx.server.cursors.reply('admin.$cmd.bulkWrite', results, batchSize), ...totals };
};

function statement(ctx: CommandContext, names: readonly string[], op: Doc, totals: Totals): Doc {
  const [kind] = Object.keys(op);
  const ns = names[toNumber(op[kind ?? ''])] ?? fail(2, 'BulkWrite ops entry refers to a namespace that is not in nsInfo');
  if (kind === 'insert' && isDoc(op['document'])) {
    ctx.store.ensureCollection(ns).insert(storable(op['document']), ctx.txn, truthy(ctx.command['bypassDocumentValidation']));
    totals.nInserted++;
    return { n: 1 };
  }
  const filter = isDoc(op['filter']) ? op['filter'] : fail(40414, "BSON field 'bulkWrite.filter' is missing but a required field");
  if (kind === 'update') {
    const r = runUpdate(ctx, ns, {
      q: filter,
      u: op['updateMods'],
      c: op['constants'],
      multi: op['multi'],
      upsert: op['upsert'],
      arrayFilters: op['arrayFilters'],
      hint: op['hint'],
      sort: op['sort'],
      collation: op['collation'],
    });
    if (r.upsertedId !== undefined) {
      totals.nUpserted++;
      return { n: 1, nModified: 0, upserted: { _id: r.upsertedId } };
    }
    totals.nMatched += r.matched;
    totals.nModified += r.modified;
    return { n: r.matched, nModified: r.modified };
  }
  if (kind !== 'delete') fail(2, `Unrecognized bulkWrite operation ${kind ?? ''}`);
  const n = runDelete(ctx, ns, { q: filter, limit: truthy(op['multi']) ? 0 : 1, hint: op['hint'], collation: op['collation'] });
  totals.nDeleted += n;
  return { n };
}
