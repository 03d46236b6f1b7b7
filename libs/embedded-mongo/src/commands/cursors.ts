import { Long } from 'bson';
import { encode, RawBson } from '../bson/encode.js';
import { isNumeric, numberOr, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import type { Handler, Reply } from './context.js';

const DEFAULT_BATCH = 101;
const MAX_BATCH_BYTES = 16_000_000;
const IDLE_MS = 10 * 60_000;

/** Results that did not fit into the first batch. */
class Cursor {
  private position = 0;
  lastUsed = Date.now();

  constructor(
    readonly ns: string,
    private readonly items: readonly (Doc | RawBson)[],
  ) {}

  get exhausted(): boolean {
    return this.position >= this.items.length;
  }

  next(count: number): RawBson[] {
    const out: RawBson[] = [];
    let bytes = 0;
    for (let item = this.items[this.position]; item && out.length < count; item = this.items[this.position]) {
      const raw = item instanceof RawBson ? item : new RawBson(encode(item));
      bytes += raw.bytes.length;
      if (out.length > 0 && bytes > MAX_BATCH_BYTES) break;
      out.push(raw);
      this.position++;
    }
    return out;
  }
}

export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private lastId = 1_000_003;

  get size(): number {
    return this.open.size;
  }

  /** First batch of a result, and a cursor for the rest. `batchSize` undefined means the default of 101. */
  reply(ns: string, items: readonly (Doc | RawBson)[], batchSize: Value, single = false): Reply {
    const cursor = new Cursor(ns, items);
    const firstBatch = cursor.next(single ? Infinity : isNumeric(batchSize) ? toNumber(batchSize) : DEFAULT_BATCH);
    let id = Long.ZERO;
    if (!cursor.exhausted && !single) {
      this.lastId += 7919;
      id = Long.fromNumber(this.lastId);
      this.open.set(id.toString(), cursor);
    }
    return { cursor: { firstBatch, id, ns } };
  }

  more(id: string, ns: string, batchSize: number): { nextBatch: RawBson[]; id: Long } {
    const cursor = this.open.get(id);
    if (cursor?.ns !== ns) fail(43, `cursor id ${id} not found`);
    cursor.lastUsed = Date.now();
    const nextBatch = cursor.next(batchSize);
    if (cursor.exhausted) this.open.delete(id);
    return { nextBatch, id: cursor.exhausted ? Long.ZERO : Long.fromString(id) };
  }

  kill(id: string): boolean {
    return this.open.delete(id);
  }

  sweep(now: number): void {
    for (const [id, c] of this.open) if (now - c.lastUsed > IDLE_MS) this.open.delete(id);
  }
}

export const getMore: Handler = (ctx) => {
  const id = ctx.command['getMore'];
  if (!(id instanceof Long)) fail(14, "BSON field 'getMore.getMore' must be a long");
  const ns = ctx.namespace(ctx.command['collection']);
  const size = numberOr(ctx.command['batchSize'], 0);
  const { nextBatch, id: next } = ctx.server.cursors.more(id.toString(), ns, size > 0 ? size : Infinity);
  return { cursor: { nextBatch, id: next, ns } };
};

export const killCursors: Handler = (ctx) => {
  const ids = ctx.command['cursors'];
  if (!Array.isArray(ids)) fail(14, "BSON field 'killCursors.cursors' must be an array");
  const killed = ids.filter((id) => id instanceof Long && ctx.server.cursors.kill(id.toString()));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
};
