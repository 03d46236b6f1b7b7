import type { Doc } from '../bson/value.js';
import { encode } from '../bson/encode.js';
import type { Transaction } from './transaction.js';

/** One state of a record. `doc` is null after a deletion. Documents are never changed in place. */
export interface Version {
  readonly doc: Doc | null;
  /** The encoded document, made when first needed. */
  raw: Buffer | null;
  /** Commit number, 0 before the commit; a transaction sees versions up to its snapshot. */
  ts: number;
  prev: Version | null;
}

/** A document's identity with its committed versions, newest first, and at most one uncommitted one. */
export interface Rec {
  /** Encoded `_id`. */
  readonly id: string;
  /** Makes index entries of equal keys distinct and keeps insertion order among them. */
  readonly suffix: string;
  current: Version;
  /** The transaction that has written this record and not ended. */
  lock: Transaction | null;
  pending: Version | null;
}

export const ABSENT: Version = newVersion(null, null);

/** Not committed yet. All versions come from here, so that they have one shape. */
export function newVersion(doc: Doc | null, raw: Buffer | null): Version {
  return { doc, raw, ts: 0, prev: null };
}

export function rawOf(version: Version & { doc: Doc }): Buffer {
  version.raw ??= encode(version.doc);
  return version.raw;
}

/** Every document state that some reader may still ask for. */
export function liveDocs(rec: Rec): Doc[] {
  const out: Doc[] = [];
  if (rec.pending?.doc) out.push(rec.pending.doc);
  for (let v: Version | null = rec.current; v; v = v.prev) if (v.doc) out.push(v.doc);
  return out;
}
