import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { fail } from '../errors.js';
import { double, setField, type Doc, type Value } from './value.js';

/** Binary subtype 2, which old drivers wrote, carries its length twice. */
export const OLD_BINARY = 2;
export const MAX_DEPTH = 200;
const NAME_CACHE_SIZE = 8192;

/** Field names repeat in every document; the cache gives them without a native string conversion. */
const nameCache = new Array<string | undefined>(NAME_CACHE_SIZE);

// One decoder runs at a time (it never awaits), so the cursor lives outside the functions.
let pos = 0;

/** Decodes one BSON document at `offset`. Types the driver can no longer send are refused. */
export function decode(buf: Buffer, offset = 0): Doc {
  pos = offset;
  try {
    return readDoc(buf, 0);
  } catch (error) {
    if (error instanceof RangeError) fail(22, 'BSON document is truncated or malformed');
    throw error;
  }
}

/** Decodes some of a document's top-level fields. Only for bytes that have been checked. */
export function decodeFields(buf: Buffer, isWanted: (name: string) => boolean): Doc {
  const out: Doc = {};
  const end = buf.length - 1;
  pos = 4;
  while (pos < end) {
    const type = buf[pos++] as number;
    const name = readName(buf);
    if (isWanted(name)) setField(out, name, readValue(buf, type, 0));
    else pos += sizeOf(buf, type, pos);
  }
  return out;
}

function readDoc(buf: Buffer, depth: number): Doc {
  if (depth > MAX_DEPTH) fail(15, 'Exceeded depth limit when converting BSON');
  const out: Doc = {};
  const end = pos + buf.readInt32LE(pos) - 1;
  pos += 4;
  while (pos < end) {
    const type = buf[pos++] as number;
    const name = readName(buf);
    const value = readValue(buf, type, depth);
    if (name === '__proto__') setField(out, name, value);
    else out[name] = value;
  }
  pos = end + 1;
  return out;
}

function readArray(buf: Buffer, depth: number): Value[] {
  if (depth > MAX_DEPTH) fail(15, 'Exceeded depth limit when converting BSON');
  const out: Value[] = [];
  const end = pos + buf.readInt32LE(pos) - 1;
  pos += 4;
  while (pos < end) {
    const type = buf[pos++] as number;
    while (buf[pos] !== 0) pos++;
    pos++;
    out.push(readValue(buf, type, depth));
  }
  pos = end + 1;
  return out;
}

function readName(buf: Buffer): string {
  const start = pos;
  let hash = 0;
  let ascii = true;
  for (let c = buf[pos]; c !== 0; c = buf[++pos]) {
    if (c === undefined) fail(22, 'BSON field name is not terminated');
    if (c > 127) ascii = false;
    hash = (hash * 31 + c) | 0;
  }
  const length = pos - start;
  pos++;
  if (!ascii) return buf.toString('utf8', start, start + length);
  const slot = (hash ^ length) & (NAME_CACHE_SIZE - 1);
  const cached = nameCache[slot];
  if (cached?.length === length) {
    let i = 0;
    while (i < length && cached.charCodeAt(i) === buf[start + i]) i++;
    if (i === length) return cached;
  }
  const name = buf.toString('latin1', start, start + length);
  nameCache[slot] = name;
  return name;
}

function readCString(buf: Buffer): string {
  const end = buf.indexOf(0, pos);
  const s = buf.toString('utf8', pos, end);
  pos = end + 1;
  return s;
}

function readString(buf: Buffer): string {
  const length = buf.readInt32LE(pos);
  const s = buf.toString('utf8', pos + 4, pos + 3 + length);
  pos += 4 + length;
  return s;
}

function readBytes(buf: Buffer, length: number): Buffer {
  if (length < 0 || pos + length > buf.length) fail(22, 'BSON value is longer than its message');
  const copy = Buffer.from(buf.subarray(pos, pos + length));
  pos += length;
  return copy;
}

function readBinary(buf: Buffer): Binary {
  let length = buf.readInt32LE(pos);
  const subType = buf[pos + 4] as number;
  pos += 5;
  if (subType === OLD_BINARY) {
    length = buf.readInt32LE(pos);
    pos += 4;
  }
  return new Binary(readBytes(buf, length), subType);
}

function readInt64Parts(buf: Buffer): [low: number, high: number] {
  const low = buf.readInt32LE(pos);
  const high = buf.readInt32LE(pos + 4);
  pos += 8;
  return [low, high];
}

function readValue(buf: Buffer, type: number, depth: number): Value {
  switch (type) {
    case 1: {
      const n = buf.readDoubleLE(pos);
      pos += 8;
      return double(n);
    }
    case 2:
      return readString(buf);
    case 3:
      return readDoc(buf, depth + 1);
    case 4:
      return readArray(buf, depth + 1);
    case 5:
      return readBinary(buf);
    case 7:
      return new ObjectId(readBytes(buf, 12));
    case 8:
      return buf[pos++] === 1;
    case 9: {
      const [low, high] = readInt64Parts(buf);
      return new Date(high * 0x100000000 + (low >>> 0));
    }
    case 10:
      return null;
    case 11: {
      const pattern = readCString(buf);
      return new BSONRegExp(pattern, readCString(buf));
    }
    case 13:
      return new Code(readString(buf));
    case 14:
      return new BSONSymbol(readString(buf));
    case 16: {
      const n = buf.readInt32LE(pos);
      pos += 4;
      return n;
    }
    case 17: {
      const [low, high] = readInt64Parts(buf);
      return new Timestamp({ t: high >>> 0, i: low >>> 0 });
    }
    case 18:
      return new Long(...readInt64Parts(buf));
    case 19:
      return new Decimal128(readBytes(buf, 16));
    case 127:
      return new MaxKey();
    case 255:
      return new MinKey();
    default:
      return unknownType(type);
  }
}

function unknownType(type: number): never {
  return fail(2, `BSON type ${type} is not supported by the paygate embedded MongoDB stand-in`);
}

/** Byte ranges of the documents inside the top-level array `field`, so that inserted documents can be stored as they came. */
export function sliceArray(buf: Buffer, field: string): Buffer[] | null {
  let p = 4;
  const end = buf.readInt32LE(0) - 1;
  while (p < end) {
    const type = buf[p] as number;
    const nameEnd = buf.indexOf(0, p + 1);
    const at = nameEnd + 1;
    if (type === 4 && buf.toString('latin1', p + 1, nameEnd) === field) return elementsOf(buf, at);
    p = at + sizeOf(buf, type, at);
  }
  return null;
}

function elementsOf(buf: Buffer, start: number): Buffer[] | null {
  const out: Buffer[] = [];
  const end = start + buf.readInt32LE(start) - 1;
  let p = start + 4;
  while (p < end) {
    if (buf[p] !== 3) return null;
    const at = buf.indexOf(0, p + 1) + 1;
    const next = at + buf.readInt32LE(at);
    out.push(buf.subarray(at, next));
    p = next;
  }
  return out;
}

/** Bytes of a value; the type must be one that `decode` knows. */
export function sizeOf(buf: Buffer, type: number, at: number): number {
  switch (type) {
    case 1:
    case 9:
    case 17:
    case 18:
      return 8;
    case 2:
    case 13:
    case 14:
      return 4 + buf.readInt32LE(at);
    case 3:
    case 4:
      return buf.readInt32LE(at);
    case 5:
      return 5 + buf.readInt32LE(at);
    case 7:
      return 12;
    case 8:
      return 1;
    case 11:
      return buf.indexOf(0, buf.indexOf(0, at) + 1) + 1 - at;
    case 16:
      return 4;
    case 19:
      return 16;
    case 10:
    case 127:
    case 255:
      return 0;
    default:
      return unknownType(type);
  }
}
