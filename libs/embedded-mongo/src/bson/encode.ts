import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { fail } from '../errors.js';
import { OLD_BINARY } from './decode.js';
import { binaryBytes, isInt32, type Value } from './value.js';

/** An already encoded document that is embedded as it is. */
export class RawBson {
  constructor(readonly bytes: Buffer) {}
}

/** What can be encoded: decoded values, with raw documents in between. Fields that are `undefined` are left out. */
export type Encodable = Value | RawBson | Encodable[] | EncodableDoc;
export interface EncodableDoc {
  [field: string]: Encodable;
}

const MAX_SCRATCH = 64 * 1024 * 1024;

// Encoding is synchronous, so all encoders share one growing scratch buffer.
let out = Buffer.allocUnsafe(64 * 1024);
let pos = 0;

/** Encodes a document; `reserve` bytes are left free in front of it for a message header. */
export function encode(doc: EncodableDoc, reserve = 0): Buffer {
  pos = reserve;
  ensure(reserve);
  writeDoc(doc);
  return Buffer.from(out.subarray(0, pos));
}

function ensure(extra: number): void {
  if (pos + extra <= out.length) return;
  if (pos + extra > MAX_SCRATCH) fail(10334, 'BSON document or reply is too large');
  const bigger = Buffer.allocUnsafe(Math.max(out.length * 2, pos + extra));
  out.copy(bigger, 0, 0, pos);
  out = bigger;
}

function writeInt32(n: number): void {
  ensure(4);
  out.writeInt32LE(n, pos);
  pos += 4;
}

/** UTF-8 bytes of a string; short ASCII, by far the most common, is written without a native call. */
function writeUtf8(s: string): void {
  ensure(s.length * 3 + 1);
  const n = s.length;
  if (n <= 48) {
    let i = 0;
    for (; i < n; i++) {
      const c = s.charCodeAt(i);
      if (c > 127) break;
      out[pos + i] = c;
    }
    if (i === n) {
      pos += n;
      return;
    }
  }
  pos += out.write(s, pos, 'utf8');
}

function writeCString(s: string): void {
  if (s.includes('\0')) fail(2, 'BSON field names and regular expressions cannot contain a null byte');
  writeUtf8(s);
  out[pos++] = 0;
}

function writeString(s: string): void {
  ensure(4);
  const at = pos;
  pos += 4;
  writeUtf8(s);
  out[pos++] = 0;
  out.writeInt32LE(pos - at - 4, at);
}

function writeDoc(doc: EncodableDoc): void {
  const start = pos;
  ensure(5);
  pos += 4;
  for (const k of Object.keys(doc)) {
    const v = doc[k];
    if (v !== undefined) writeElement(k, v);
  }
  ensure(1);
  out[pos++] = 0;
  out.writeInt32LE(pos - start, start);
}

function writeArray(items: readonly Encodable[]): void {
  const start = pos;
  ensure(5);
  pos += 4;
  for (let i = 0; i < items.length; i++) writeElement(String(i), items[i] ?? null);
  ensure(1);
  out[pos++] = 0;
  out.writeInt32LE(pos - start, start);
}

function begin(type: number, name: string): void {
  ensure(1);
  out[pos++] = type;
  writeCString(name);
}

function writeBytes(bytes: Uint8Array): void {
  ensure(bytes.length);
  out.set(bytes, pos);
  pos += bytes.length;
}

function writeLong(low: number, high: number): void {
  writeInt32(low);
  writeInt32(high);
}

function writeDouble(n: number): void {
  ensure(8);
  out.writeDoubleLE(n, pos);
  pos += 8;
}

function writeElement(name: string, v: Encodable): void {
  switch (typeof v) {
    case 'string':
      begin(2, name);
      writeString(v);
      return;
    case 'number':
      if (isInt32(v)) {
        begin(16, name);
        writeInt32(v);
      } else {
        begin(1, name);
        writeDouble(v);
      }
      return;
    case 'boolean':
      begin(8, name);
      ensure(1);
      out[pos++] = v ? 1 : 0;
      return;
    case 'undefined':
      begin(10, name);
      return;
    default:
      writeObject(name, v);
  }
}

function writeObject(name: string, v: Exclude<Encodable, undefined | string | number | boolean>): void {
  if (v === null) begin(10, name);
  else if (v instanceof ObjectId) {
    begin(7, name);
    writeBytes(v.id);
  } else if (Array.isArray(v)) {
    begin(4, name);
    writeArray(v);
  } else if (v instanceof RawBson) {
    begin(3, name);
    writeBytes(v.bytes);
  } else if (v instanceof Date) {
    const big = Long.fromNumber(v.getTime());
    begin(9, name);
    writeLong(big.low, big.high);
  } else if (v instanceof Timestamp) {
    begin(17, name);
    writeLong(v.i | 0, v.t | 0);
  } else if (v instanceof Long) {
    begin(18, name);
    writeLong(v.low, v.high);
  } else if (v instanceof Double) {
    begin(1, name);
    writeDouble(v.value);
  } else if (v instanceof Decimal128) {
    begin(19, name);
    writeBytes(v.bytes);
  } else if (v instanceof Binary) writeBinary(name, v);
  else if (v instanceof BSONRegExp) {
    begin(11, name);
    writeCString(v.pattern);
    writeCString(v.options);
  } else if (v instanceof BSONSymbol) {
    begin(14, name);
    writeString(v.value);
  } else if (v instanceof Code) {
    begin(13, name);
    writeString(v.code);
  } else if (v instanceof MinKey) begin(255, name);
  else if (v instanceof MaxKey) begin(127, name);
  else {
    begin(3, name);
    writeDoc(v);
  }
}

function writeBinary(name: string, v: Binary): void {
  const bytes = binaryBytes(v);
  const nested = v.sub_type === OLD_BINARY;
  begin(5, name);
  writeInt32(bytes.length + (nested ? 4 : 0));
  ensure(1);
  out[pos++] = v.sub_type;
  if (nested) writeInt32(bytes.length);
  writeBytes(bytes);
}
