import { ObjectId } from 'bson';
import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import { hasField, idFirst, isDoc, truthy, type Doc } from '../bson/value.js';
import { fail } from '../errors.js';
import type { CommandContext, Handler } from './context.js';
import { afterBatch, batchProgress, batchReply, checkBatchSize, runBatch, statements } from './write-batch.js';

/** The document as it is stored: with an `_id`, and that first. */
export function storable(doc: Doc): Doc {
  if (!hasField(doc, '_id')) return { _id: new ObjectId(), ...doc };
  return Object.keys(doc)[0] === '_id' ? doc : idFirst(doc);
}

export const insert: Handler = (ctx) => {
  const ns = ctx.ns;
  const documents = ctx.documents ?? encodedDocuments(ctx);
  checkBatchSize(documents.length);
  const bypass = truthy(ctx.command['bypassDocumentValidation']);
  const progress = batchProgress(ctx);
  const done = runBatch(ctx, documents.length, progress, (i) => {
    const bytes = documents[i] as Buffer;
    const c = ctx.store.ensureCollection(ns);
    // The received bytes belong to the network buffer; the stored ones must not keep it alive.
    if (startsWithId(bytes)) c.insertEncoded(Buffer.from(bytes), ctx.txn, bypass);
    else c.insert(storable(decode(bytes)), ctx.txn, bypass);
    progress.n++;
  });
  return afterBatch(done, () => batchReply(progress, {}));
};

function encodedDocuments(ctx: CommandContext): Buffer[] {
  return statements(ctx, 'documents').map((doc) =>
    isDoc(doc) ? encode(doc) : fail(14, "BSON field 'insert.documents' must be an array of objects"),
  );
}

const ID = Buffer.from('_id\0');

function startsWithId(bytes: Buffer): boolean {
  return bytes.length > 9 && bytes.compare(ID, 0, 4, 5, 9) === 0;
}
