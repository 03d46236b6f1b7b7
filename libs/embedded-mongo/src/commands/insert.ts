import { ObjectId } from 'bson';
import { hasField, idFirst, truthy, type Doc } from '../bson/value.js';
import type { Handler } from './context.js';
import { afterBatch, batchProgress, batchReply, runBatch, statements } from './write-batch.js';

/** The document as it is stored: with an `_id`, and that first. */
export function storable(doc: Doc): Doc {
  if (!hasField(doc, '_id')) return { _id: new ObjectId(), ...doc };
  return Object.keys(doc)[0] === '_id' ? doc : idFirst(doc);
}

export const insert: Handler = (ctx) => {
  const ns = ctx.ns;
  const docs = statements(ctx, 'documents');
  const raws = ctx.raws('documents');
  const bypass = truthy(ctx.command['bypassDocumentValidation']);
  const progress = batchProgress(ctx);
  const done = runBatch(ctx, docs.length, progress, (i) => {
    const given = docs[i] as Doc;
    const doc = storable(given);
    const raw = doc === given ? raws?.[i] : undefined;
    // The received bytes belong to the network buffer; the stored ones must not keep it alive.
    ctx.store.ensureCollection(ns).insert(doc, raw ? Buffer.from(raw) : null, ctx.txn, bypass);
    progress.n++;
  });
  return afterBatch(done, () => batchReply(progress, {}));
};
