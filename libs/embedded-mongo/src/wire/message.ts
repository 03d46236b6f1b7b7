import { checkDocument } from '../bson/check.js';
import { decode, decodeFields, sliceArray } from '../bson/decode.js';
import { encode, type EncodableDoc } from '../bson/encode.js';
import type { Doc } from '../bson/value.js';

/** Message header: length, request id, id answered, operation. */
export const HEADER_BYTES = 16;
export const MAX_MESSAGE_BYTES = 48_000_000;
const OP_MSG = 2013;
const OP_QUERY = 2004;
const OP_REPLY = 1;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REPLY_HEADER = 36;
const MSG_HEADER = 21;

export interface Request {
  readonly id: number;
  readonly legacy: boolean;
  /** The client does not wait for an answer. */
  readonly silent: boolean;
  readonly command: Doc;
  /** What an `insert` stores: checked, but not decoded, and not part of the command. Null when it is to be found there. */
  readonly documents: readonly Buffer[] | null;
}

/** Reads OP_MSG, and OP_QUERY, with which drivers say hello for the first time. */
export function parseRequest(buf: Buffer): Request {
  const id = buf.readInt32LE(4);
  const op = buf.readInt32LE(12);
  if (op === OP_MSG) return parseMessage(buf, id);
  if (op !== OP_QUERY) throw new Error(`wire protocol operation ${op} is not supported`);
  const nameEnd = buf.indexOf(0, HEADER_BYTES + 4);
  const command = decode(buf, nameEnd + 9);
  command['$db'] ??= buf.toString('utf8', HEADER_BYTES + 4, nameEnd).split('.')[0];
  return { id, legacy: true, silent: false, command, documents: null };
}

function parseMessage(buf: Buffer, id: number): Request {
  const flags = buf.readUInt32LE(HEADER_BYTES);
  const end = buf.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4);
  let body: Buffer | null = null;
  const sequences = new Map<string, Buffer[]>();
  let p = HEADER_BYTES + 4;
  while (p < end) {
    const kind = buf[p++];
    const size = buf.readInt32LE(p);
    if (size <= 0 || p + size > end) throw new Error('a section is longer than its message');
    if (kind === 0) body = buf.subarray(p, p + size);
    else if (kind === 1) {
      const nameEnd = buf.indexOf(0, p + 4);
      sequences.set(buf.toString('utf8', p + 4, nameEnd), splitDocuments(buf, nameEnd + 1, p + size));
    } else throw new Error(`message section ${kind ?? 'missing'} is not supported`);
    p += size;
  }
  if (!body) throw new Error('a message has no body');
  const documents = body.indexOf(INSERT) === 4 ? insertedDocuments(body, sequences) : null;
  const command = documents ? decodeFields(body, (name) => name !== 'documents') : decode(body);
  for (const [name, list] of sequences) if (list !== documents) command[name] = list.map((d) => decode(d));
  return { id, legacy: false, silent: (flags & MORE_TO_COME) !== 0, command, documents };
}

/** A string as first field. */
const INSERT = Buffer.from('\x02insert\0');

function insertedDocuments(body: Buffer, sequences: ReadonlyMap<string, readonly Buffer[]>): readonly Buffer[] | null {
  checkDocument(body);
  const documents = sequences.get('documents');
  documents?.forEach(checkDocument);
  return documents ?? sliceArray(body, 'documents');
}

function splitDocuments(buf: Buffer, from: number, to: number): Buffer[] {
  const out: Buffer[] = [];
  for (let p = from; p < to;) {
    const size = buf.readInt32LE(p);
    if (size < 5 || p + size > to) throw new Error('a document is longer than its section');
    out.push(buf.subarray(p, p + size));
    p += size;
  }
  return out;
}

let lastId = 0;

export function encodeReply(request: Request, reply: EncodableDoc): Buffer {
  const head = request.legacy ? REPLY_HEADER : MSG_HEADER;
  const out = encode(reply, head);
  lastId = (lastId + 1) & 0x7fffffff;
  out.fill(0, HEADER_BYTES, head);
  out.writeInt32LE(out.length, 0);
  out.writeInt32LE(lastId, 4);
  out.writeInt32LE(request.id, 8);
  out.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    out.writeInt32LE(8, 16);
    out.writeInt32LE(1, 32);
  }
  return out;
}

/** Cuts a byte stream into messages. */
export class Framer {
  private chunks: Buffer[] = [];
  private size = 0;

  /** Adds received bytes and returns the complete messages. */
  push(data: Buffer): Buffer[] {
    this.chunks.push(data);
    this.size += data.length;
    const out: Buffer[] = [];
    while (this.size >= HEADER_BYTES) {
      const [first] = this.chunks;
      if (!first) break;
      if (first.length < 4) this.join();
      const length = (this.chunks[0] as Buffer).readInt32LE(0);
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new Error(`message length ${length} is not acceptable`);
      if (this.size < length) break;
      const all = this.join();
      out.push(all.subarray(0, length));
      this.chunks = all.length > length ? [all.subarray(length)] : [];
      this.size -= length;
    }
    return out;
  }

  private join(): Buffer {
    const [first] = this.chunks;
    if (first && this.chunks.length === 1) return first;
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}
