import { EJSON, serialize, type Document } from 'bson';
import { decode } from '../src/bson/decode.js';
import { encode } from '../src/bson/encode.js';
import type { Doc, Value } from '../src/bson/value.js';

/** A document as the server has it after a driver has sent it; JavaScript regular expressions are allowed. */
export function received(doc: object): Doc {
  return decode(Buffer.from(serialize(doc as Document)));
}

export function receivedAll(docs: readonly object[]): Doc[] {
  return docs.map(received);
}

/** Canonical extended JSON of what a driver gets: number types and field order count. */
export function answered(value: Value): string {
  return EJSON.stringify(decode(encode({ value })), { relaxed: false });
}

/** The same text for an expected value. Whole doubles are written `new Double(2)`. */
export function expected(value: unknown): string {
  return EJSON.stringify(received({ value }), { relaxed: false });
}
