import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import type { Doc } from '../bson/value.js';
import type { Transaction } from './transaction.js';

/**
 * One state of a record. It is kept in the form in which it came, decoded or encoded, and gets the other when that is first
 * asked for: most of what is stored is hardly ever looked at. Documents are never changed in place.
 */
export class Version {
  /** Commit number, 0 before the commit; a transaction sees versions up to its snapshot. */
  ts = 0;
  prev: Version | null = null;

  /** Both are null after a deletion. Bytes must have been checked. */
  constructor(
    private decoded: Doc | null,
    private encoded: Buffer | null,
  ) {}

  /** Whether there is a document. */
  get exists(): boolean {
    return this.decoded !== null || this.encoded !== null;
  }

  /** Only where it exists. */
  get doc(): Doc {
    return (this.decoded ??= decode(this.encoded as Buffer));
  }

  /** Only where it exists. */
  get raw(): Buffer {
    return (this.encoded ??= encode(this.decoded as Doc));
  }
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

export const ABSENT = new Version(null, null);

/** Every document state that some reader may still ask for. */
export function liveDocs(rec: Rec): Doc[] {
  const out: Doc[] = [];
  if (rec.pending?.exists === true) out.push(rec.pending.doc);
  for (let v: Version | null = rec.current; v; v = v.prev) if (v.exists) out.push(v.doc);
  return out;
}
